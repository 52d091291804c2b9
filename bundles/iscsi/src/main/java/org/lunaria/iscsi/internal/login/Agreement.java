package org.lunaria.iscsi.internal.login;

import static org.lunaria.iscsi.internal.login.KeyValue.IRRELEVANT;
import static org.lunaria.iscsi.internal.login.KeyValue.NO;
import static org.lunaria.iscsi.internal.login.KeyValue.REJECT;
import static org.lunaria.iscsi.internal.login.KeyValue.YES;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.node.Limits;

/** The values that one login has come to so far, key by key. Confined to the connection's thread. */
final class Agreement {
    private final SessionType type;
    private final Map<Key, String> own;
    private final Map<Key, String> agreed = new EnumMap<>(Key.class);
    private boolean ownLengthDeclared;

    Agreement(SessionType type, Limits limits, boolean authentication) {
        this.type = type;
        this.own = Offer.of(limits, authentication);
    }

    /** Takes the initiator's value of a key, and gives the answer where the key has one (RFC 7143 6.2). */
    Optional<KeyValue> negotiate(Key key, String offered) {
        String result = irrelevant(key) ? IRRELEVANT : key.rule().apply(offered, own(key));
        boolean declined = result.equals(REJECT) || result.equals(IRRELEVANT);
        if (!declined) {
            agreed.put(key, result);
        }
        return declined || key.rule().answered() ? Optional.of(key.with(result)) : Optional.empty();
    }

    /** This side's MaxRecvDataSegmentLength, which holds from when it is said (13.12). */
    KeyValue declareOwnLength() {
        ownLengthDeclared = true;
        return Key.MAX_RECV_DATA_SEGMENT_LENGTH.with(own.get(Key.MAX_RECV_DATA_SEGMENT_LENGTH));
    }

    boolean ownLengthDeclared() {
        return ownLengthDeclared;
    }

    /** A declared text, or empty. */
    String text(Key key) {
        return agreed.getOrDefault(key, "");
    }

    Parameters parameters() {
        int maxBurstLength = number(Key.MAX_BURST_LENGTH);
        return new Parameters(
                digest(Key.HEADER_DIGEST),
                digest(Key.DATA_DIGEST),
                number(Key.MAX_RECV_DATA_SEGMENT_LENGTH),
                Integer.parseInt(
                        ownLengthDeclared
                                ? own.get(Key.MAX_RECV_DATA_SEGMENT_LENGTH)
                                : Key.MAX_RECV_DATA_SEGMENT_LENGTH.initial()),
                maxBurstLength,
                Math.min(number(Key.FIRST_BURST_LENGTH), maxBurstLength),
                value(Key.INITIAL_R2T).equals(YES),
                value(Key.IMMEDIATE_DATA).equals(YES),
                number(Key.MAX_OUTSTANDING_R2T),
                number(Key.DEFAULT_TIME_2_WAIT),
                number(Key.DEFAULT_TIME_2_RETAIN),
                value(Key.DATA_PDU_IN_ORDER).equals(YES),
                value(Key.DATA_SEQUENCE_IN_ORDER).equals(YES),
                number(Key.ERROR_RECOVERY_LEVEL),
                number(Key.MAX_CONNECTIONS),
                number(Key.ISCSI_PROTOCOL_LEVEL));
    }

    /** FirstBurstLength says nothing where there is no unsolicited data at all (13.14). */
    private boolean irrelevant(Key key) {
        return key.scope() == Key.Scope.NORMAL_SESSION && type == SessionType.DISCOVERY
                || key == Key.FIRST_BURST_LENGTH
                        && value(Key.INITIAL_R2T).equals(YES)
                        && value(Key.IMMEDIATE_DATA).equals(NO);
    }

    /** This side's value; that of FirstBurstLength is never above MaxBurstLength (13.14). */
    private String own(Key key) {
        String value = own.getOrDefault(key, "");
        return key == Key.FIRST_BURST_LENGTH
                ? Key.MAX_BURST_LENGTH.rule().apply(value, value(Key.MAX_BURST_LENGTH))
                : value;
    }

    private String value(Key key) {
        return agreed.getOrDefault(key, key.initial());
    }

    private int number(Key key) {
        return Integer.parseInt(value(key));
    }

    private Digest digest(Key key) {
        return value(key).equals(Digest.CRC32C.text()) ? Digest.CRC32C : Digest.NONE;
    }
}
