package org.lunaria.iscsi.internal.login;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Text Requests of one connection in its full feature phase (RFC 7143 6.4, 11.10): SendTargets, and keys that may be
 * declared at any time. One negotiation goes on at a time; a request that begins another ends it. Pure; confined to the
 * connection's thread.
 */
public final class TextNegotiation {
    /** The tag that begins a negotiation, and that ends one (11.10.4, 11.11.4). */
    private static final long NO_TAG = 0xffffffffL;

    private final SendTargets sendTargets;
    private final TextCollector collector = new TextCollector();
    private final TextSender sender = new TextSender();
    private final Set<Key> seen = new HashSet<>();
    private Parameters parameters;

    /** The initiator's MaxRecvDataSegmentLength that this negotiation declares, if it does. */
    private OptionalInt declaredLength = OptionalInt.empty();

    private long initiatorTaskTag = NO_TAG;
    private long targetTransferTag = NO_TAG;
    private long tagsGiven;

    /** @param outcome of the login of this connection */
    public TextNegotiation(LoginContext context, LoginOutcome outcome) {
        this.sendTargets = new SendTargets(context, outcome);
        this.parameters = outcome.parameters();
    }

    /** Takes a request, which no other follows before it is answered. */
    public TextStep receive(TextRequest request) {
        if (request.targetTransferTag() == NO_TAG) {
            forget();
            initiatorTaskTag = request.initiatorTaskTag();
        }
        Optional<String> error = accept(request).or(() -> request.continues() ? Optional.empty() : negotiate());
        if (error.isPresent()) {
            forget();
            return new TextStep.ProtocolError(error.get());
        }
        return answer(request);
    }

    /** What holds now: the login's values, with what the initiator has declared anew in negotiations that are done. */
    public Parameters parameters() {
        return parameters;
    }

    private Optional<String> accept(TextRequest request) {
        if (request.targetTransferTag() != targetTransferTag || request.initiatorTaskTag() != initiatorTaskTag) {
            return Optional.of("text request goes on with a negotiation that is none");
        }
        if (request.continues() && request.isFinal()) {
            return Optional.of("text request with both the F and the C bit");
        }
        if (sender.hasMore() && (request.data().length > 0 || request.continues())) {
            return Optional.of("text request with data amid a response that goes on");
        }
        return collector.add(request.data())
                ? Optional.empty()
                : Optional.of("text of more than " + TextCollector.MAX_BYTES + " bytes or " + TextCollector.MAX_PARTS
                        + " parts");
    }

    /** Reads the text, which is whole now, and puts the answers into the sender. */
    private Optional<String> negotiate() {
        Optional<List<KeyValue>> text = TextFormat.parse(collector.take());
        if (text.isEmpty()) {
            return Optional.of("text that is no list of key=value pairs");
        }
        List<KeyValue> answers = new ArrayList<>();
        for (KeyValue pair : text.get()) {
            Optional<String> error = take(pair, answers);
            if (error.isPresent()) {
                return error;
            }
        }
        sender.add(answers);
        return Optional.empty();
    }

    private Optional<String> take(KeyValue pair, List<KeyValue> answers) {
        Optional<Key> known = Key.of(pair.key());
        if (known.isEmpty()) {
            answers.add(new KeyValue(pair.key(), KeyValue.NOT_UNDERSTOOD));
            return Optional.empty();
        }
        Key key = known.get();
        if (!seen.add(key) || key.sender() == Key.Sender.TARGET || !inFullFeaturePhase(key)) {
            return Optional.of(pair.key() + " is not to be negotiated now");
        }
        if (key == Key.SEND_TARGETS) {
            answers.addAll(sendTargets.answer(pair.value()));
        } else if (key == Key.MAX_RECV_DATA_SEGMENT_LENGTH) {
            declareLength(pair.value(), answers);
        }
        return Optional.empty();
    }

    private static boolean inFullFeaturePhase(Key key) {
        return switch (key.use()) {
            case ALL, FULL_FEATURE -> true;
            case INITIAL, LEADING -> false;
        };
    }

    private void declareLength(String value, List<KeyValue> answers) {
        String result = Key.MAX_RECV_DATA_SEGMENT_LENGTH.rule().apply(value, "");
        OptionalLong bytes = TextFormat.number(result);
        if (bytes.isPresent()) {
            declaredLength = OptionalInt.of((int) bytes.getAsLong());
        } else {
            answers.add(Key.MAX_RECV_DATA_SEGMENT_LENGTH.with(result));
        }
    }

    /** The negotiation ends when the initiator has no more to say and everything has been said to it. */
    private TextStep answer(TextRequest request) {
        byte[] part = request.continues() ? new byte[0] : sender.next(responseBytesMax());
        boolean last = request.isFinal() && !sender.hasMore();
        if (last) {
            declaredLength.ifPresent(bytes -> parameters = parameters.withInitiatorMaxRecvDataSegmentLength(bytes));
            forget();
        } else {
            targetTransferTag = tagsGiven++ % NO_TAG;
        }
        return new TextStep.Answer(last, sender.hasMore(), request.initiatorTaskTag(), targetTransferTag, part);
    }

    /** A length is agreed when the negotiation is done (6.4); until then neither the old nor the new one is passed. */
    private int responseBytesMax() {
        int agreed = parameters.initiatorMaxRecvDataSegmentLength();
        return Math.min(agreed, declaredLength.orElse(agreed));
    }

    private void forget() {
        declaredLength = OptionalInt.empty();
        collector.take();
        sender.clear();
        seen.clear();
        initiatorTaskTag = NO_TAG;
        targetTransferTag = NO_TAG;
    }
}
