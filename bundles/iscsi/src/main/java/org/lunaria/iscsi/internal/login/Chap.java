package org.lunaria.iscsi.internal.login;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.lunaria.iscsi.internal.node.Account;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.ChapDigest;

/**
 * The target's side of CHAP in one login (RFC 7143 12.1.3, RFC 1994). Whatever is wrong comes to the same: the caller says
 * no more than that the authentication failed. Pure; confined to the connection's thread.
 */
final class Chap {
    /** As long as the longest digest; the RFC allows 1024. */
    static final int CHALLENGE_BYTES = 32;

    /** The longest challenge of an initiator (12.1.3). */
    private static final int CHALLENGE_BYTES_MAX = 1024;

    private static final int IDENTIFIER_MAX = 255;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Stands in for the account of a user that there is none of, so that this takes as long. */
    private static final Account NOBODY =
            new Account("", "", new String(new char[Account.SECRET_BYTES_MIN]), Account.Use.INCOMING);

    private enum State {
        /** CHAP was agreed on: CHAP_A comes. */
        CHOOSING,
        /** CHAP_N and CHAP_R come. */
        CHALLENGED,
        DONE
    }

    private final Authentication policy;
    private final AccountDirectory accounts;
    private final byte[] challenge = new byte[CHALLENGE_BYTES];
    private State state = State.CHOOSING;
    private ChapDigest digest;
    private int identifier;
    private String user = "";

    Chap(Authentication policy, AccountDirectory accounts) {
        this.policy = policy;
        this.accounts = accounts;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Who has proved to be somebody, when it is done. */
    String user() {
        return user;
    }

    /**
     * Takes the keys of the method that one text brought.
     *
     * @param steps at least one
     * @param answers gets what is to be sent
     * @return false when the login has failed
     */
    boolean take(Map<Key, String> steps, List<KeyValue> answers) {
        return switch (state) {
            case CHOOSING -> steps.keySet().equals(Set.of(Key.CHAP_A)) && challenge(steps.get(Key.CHAP_A), answers);
            case CHALLENGED -> prove(steps, answers);
            case DONE -> false;
        };
    }

    private boolean challenge(String algorithms, List<KeyValue> answers) {
        Optional<ChapDigest> chosen = Stream.of(algorithms.split(","))
                .map(TextFormat::number)
                .flatMap(number -> number.stream().boxed())
                .map(ChapDigest::of)
                .flatMap(Optional::stream)
                .filter(policy.digests()::contains)
                .filter(ChapDigest::isThere)
                .findFirst();
        if (chosen.isEmpty()) {
            return false;
        }
        digest = chosen.get();
        identifier = RANDOM.nextInt(IDENTIFIER_MAX + 1);
        RANDOM.nextBytes(challenge);
        answers.add(Key.CHAP_A.with(Integer.toString(digest.code())));
        answers.add(Key.CHAP_I.with(Integer.toString(identifier)));
        answers.add(Key.CHAP_C.with(TextFormat.binary(challenge)));
        state = State.CHALLENGED;
        return true;
    }

    private boolean prove(Map<Key, String> steps, List<KeyValue> answers) {
        boolean asksBack = steps.containsKey(Key.CHAP_I) || steps.containsKey(Key.CHAP_C);
        Set<Key> expected =
                asksBack ? Set.of(Key.CHAP_N, Key.CHAP_R, Key.CHAP_I, Key.CHAP_C) : Set.of(Key.CHAP_N, Key.CHAP_R);
        if (!steps.keySet().equals(expected)) {
            return false;
        }
        Optional<Account> initiator = initiator(steps.get(Key.CHAP_N), steps.get(Key.CHAP_R));
        boolean proved = initiator.isPresent() && (!asksBack || answer(initiator.get(), steps, answers));
        if (proved) {
            user = initiator.get().user();
            state = State.DONE;
        }
        return proved;
    }

    /** The account whose user and secret the initiator knows. Every one is tried, and none stops it. */
    private Optional<Account> initiator(String name, String response) {
        Optional<byte[]> given = TextFormat.binary(response, CHALLENGE_BYTES_MAX);
        byte[] bytes = given.orElse(new byte[0]);
        Optional<Account> found = Optional.empty();
        List<Account> candidates = accounts.find(policy.accounts(), Account.Use.INCOMING).stream()
                .filter(account -> account.user().equals(name))
                .toList();
        for (Account candidate : candidates.isEmpty() ? List.of(NOBODY) : candidates) {
            boolean same = MessageDigest.isEqual(candidate.response(digest, identifier, challenge), bytes);
            if (same && candidate != NOBODY) {
                found = Optional.of(candidate);
            }
        }
        return found;
    }

    /**
     * Proves who this is. Not with a challenge that is this target's own, come back, nor with the initiator's secret: either
     * would let an initiator pass that knows no secret at all (RFC 7143 9.2.1).
     */
    private boolean answer(Account initiator, Map<Key, String> steps, List<KeyValue> answers) {
        OptionalLong theirIdentifier = TextFormat.number(steps.get(Key.CHAP_I));
        Optional<byte[]> theirChallenge = TextFormat.binary(steps.get(Key.CHAP_C), CHALLENGE_BYTES_MAX);
        Optional<Account> own =
                accounts.find(policy.accounts(), Account.Use.OUTGOING).stream().findFirst();
        boolean possible = policy.method() == Authentication.Method.MUTUAL
                && own.isPresent()
                && theirIdentifier.isPresent()
                && theirIdentifier.getAsLong() <= IDENTIFIER_MAX
                && theirChallenge.filter(bytes -> bytes.length > 0).isPresent();
        if (!possible
                || Arrays.equals(theirChallenge.get(), challenge)
                || own.get().sharesSecretWith(initiator)) {
            return false;
        }
        byte[] response = own.get().response(digest, (int) theirIdentifier.getAsLong(), theirChallenge.get());
        answers.add(Key.CHAP_N.with(own.get().user()));
        answers.add(Key.CHAP_R.with(TextFormat.binary(response)));
        return true;
    }
}
