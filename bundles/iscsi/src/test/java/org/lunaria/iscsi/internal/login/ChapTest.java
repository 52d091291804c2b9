package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.login.LoginScene.INITIATOR_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.TARGET_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.assertRefused;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.request;
import static org.lunaria.iscsi.internal.login.LoginScene.response;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Account;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.Authentication.Method;
import org.lunaria.iscsi.internal.node.ChapDigest;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;

/**
 * CHAP as an initiator sees it. The cases are named after the families of the UNH-IOL's CHAP suite; what each demands is
 * read from RFC 7143 12.1.3 and 9.2.1.
 */
class ChapTest {
    private static final String USER = "host";
    private static final String SECRET = "correct horse battery";
    private static final String OWN_USER = "lunaria";
    private static final String OWN_SECRET = "staple staple staple";
    private static final String THEIR_CHALLENGE = "0x000102030405060708090a0b0c0d0e0f";

    private final LoginScene scene = new LoginScene();
    private LoginNegotiation login = new LoginNegotiation(scene);

    ChapTest() {
        scene.accounts.put(new Account("in", USER, SECRET, Account.Use.INCOMING));
        scene.accounts.put(new Account("out", OWN_USER, OWN_SECRET, Account.Use.OUTGOING));
    }

    private void serve(Method method, ChapDigest... digests) {
        scene.diskWith(new Authentication(
                method, List.of("in", "out"), digests.length == 0 ? ChapDigest.DEFAULT : List.of(digests)));
    }

    private LoginStep say(int next, String... pairs) {
        return login.receive(request(0, next, pairs));
    }

    private LoginStep open(String... more) {
        List<String> all = new ArrayList<>(List.of(INITIATOR_NAME, TARGET_NAME));
        all.addAll(List.of(more));
        return say(0, all.toArray(String[]::new));
    }

    /** Up to the target's challenge. */
    private Map<String, String> challenge(String algorithms) {
        assertTrue(pairs(open("AuthMethod=CHAP,None")).contains("AuthMethod=CHAP"));
        Map<String, String> said = new HashMap<>();
        pairs(say(0, "CHAP_A=" + algorithms)).forEach(pair -> said.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        return said;
    }

    private static byte[] responseTo(Map<String, String> challenge, String secret) {
        return computed(
                Integer.parseInt(challenge.get("CHAP_A")),
                Integer.parseInt(challenge.get("CHAP_I")),
                secret,
                HexFormat.of().parseHex(challenge.get("CHAP_C").substring(2)));
    }

    private static byte[] computed(int algorithm, int identifier, String secret, byte[] challenge) {
        return new Account("", "", secret, Account.Use.INCOMING)
                .response(ChapDigest.of(algorithm).orElseThrow(), identifier, challenge);
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private static void assertFailed(LoginStep step) {
        assertRefused(LoginStatus.AUTHENTICATION_FAILURE, step);
        assertEquals(0, response(step).data().length);
    }

    /** RFC 1994 gives no vectors; these were made with another implementation (Python's hashlib). */
    @Test
    void responsesAreThoseOfOthers() {
        byte[] challenge = {1, 2, 3, 4};
        String secret = "0123456789abcdef";
        assertEquals("82b35dc1f9c677e612433e73d25c79b0", vector(5, secret, challenge));
        assertEquals("c6292ea3d3201e6888e90334bab940ef699b031e", vector(6, secret, challenge));
        assertEquals("eddf688bd1206f41e9e729aeaaf9a9e12c3f97f46702a88f63bc910049c9f37c", vector(7, secret, challenge));
        assertEquals("8cc65551c00503dd8be27d3c241684332cae7bb958dda8bc8dfe8b5911425185", vector(8, secret, challenge));
    }

    private static String vector(int algorithm, String secret, byte[] challenge) {
        return HexFormat.of().formatHex(computed(algorithm, 7, secret, challenge));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_A.1", clause = "12.1.3", title = "first of the list that is allowed")
    void theFirstAlgorithmThatIsAllowedIsChosen() {
        serve(Method.CHAP);
        assertEquals("7", challenge("5,6,7,8").get("CHAP_A"));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_A.2", clause = "12.1.3", title = "none of the list is allowed")
    void withoutAnAllowedAlgorithmTheLoginFails() {
        serve(Method.CHAP);
        open("AuthMethod=CHAP");
        assertFailed(say(0, "CHAP_A=5,6,99,x"));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_A.3", clause = "12.1.3", title = "MD5 where the target allows it")
    void oldDigestsAreTakenWhereTheyAreAllowed() {
        serve(Method.CHAP, ChapDigest.MD5, ChapDigest.SHA1);
        assertEquals("5", challenge("8,7,5").get("CHAP_A"));
        login = new LoginNegotiation(scene);
        assertEquals("6", challenge("6").get("CHAP_A"));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_A.4", clause = "12.1.3", title = "CHAP_A is missing, or not alone")
    void otherStepsThanTheAlgorithmFirstFail() {
        serve(Method.CHAP);
        open("AuthMethod=CHAP");
        assertFailed(say(0, "CHAP_N=" + USER, "CHAP_R=0x00"));
        login = new LoginNegotiation(scene);
        open("AuthMethod=CHAP");
        assertFailed(say(0, "CHAP_A=7", "CHAP_N=" + USER));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_N.1", clause = "12.1.3", title = "right name and response")
    void whoKnowsTheSecretGetsIn() {
        serve(Method.CHAP);
        for (String algorithm : List.of("7", "8")) {
            login = new LoginNegotiation(scene);
            Map<String, String> challenge = challenge(algorithm);
            LoginStep step = say(3, "CHAP_N=" + USER, "CHAP_R=" + hex(responseTo(challenge, SECRET)));
            assertEquals(USER, ((LoginStep.Establish) step).outcome().user());
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_N.2", clause = "12.1.3", title = "unknown name")
    void anUnknownUserIsToldNoMoreThanAWrongSecret() {
        serve(Method.CHAP);
        Map<String, String> challenge = challenge("7");
        assertFailed(say(1, "CHAP_N=nobody", "CHAP_R=" + hex(responseTo(challenge, SECRET))));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_N.3", clause = "12.1.3", title = "an outgoing account is none")
    void theTargetsOwnAccountLetsNobodyIn() {
        serve(Method.MUTUAL);
        Map<String, String> challenge = challenge("7");
        assertFailed(say(1, "CHAP_N=" + OWN_USER, "CHAP_R=" + hex(responseTo(challenge, OWN_SECRET))));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_R.1", clause = "12.1.3", title = "wrong response")
    void aWrongSecretFails() {
        serve(Method.CHAP);
        Map<String, String> challenge = challenge("7");
        assertFailed(say(1, "CHAP_N=" + USER, "CHAP_R=" + hex(responseTo(challenge, "wrong wrong wrong"))));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_R.2", clause = "6.1", title = "base64, and upper case hexadecimal")
    void aResponseMayBeWrittenInEveryWay() {
        serve(Method.CHAP);
        byte[] response = responseTo(challenge("7"), SECRET);
        assertTrue(response(say(
                        1, "CHAP_N=" + USER, "CHAP_R=0b" + Base64.getEncoder().encodeToString(response)))
                .transit());
        login = new LoginNegotiation(scene);
        response = responseTo(challenge("7"), SECRET);
        String upper = HexFormat.of().formatHex(response).toUpperCase(Locale.ROOT);
        assertTrue(response(say(1, "CHAP_N=" + USER, "CHAP_R=0X" + upper)).transit());
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_R.3", clause = "6.1", title = "no binary value, too short, too long")
    void aResponseThatIsNoneFails() {
        serve(Method.CHAP);
        for (String wrong : List.of("", "0x", "0b", "0xzz", "0b####", "1234", "0x00", "0x" + "ab".repeat(1025))) {
            login = new LoginNegotiation(scene);
            challenge("7");
            assertFailed(say(1, "CHAP_N=" + USER, "CHAP_R=" + wrong));
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_R.4", clause = "12.1.3", title = "name or response is missing")
    void halfAProofFails() {
        serve(Method.CHAP);
        Map<String, String> challenge = challenge("7");
        assertFailed(say(1, "CHAP_R=" + hex(responseTo(challenge, SECRET))));
        login = new LoginNegotiation(scene);
        challenge("7");
        assertFailed(say(1, "CHAP_N=" + USER));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_I.1", clause = "12.1.3", title = "mutual: the target proves itself")
    void theTargetProvesItself() {
        serve(Method.MUTUAL);
        Map<String, String> challenge = challenge("8");
        LoginStep step = mutual(challenge, "200", THEIR_CHALLENGE);
        byte[] expected = computed(8, 200, OWN_SECRET, HexFormat.of().parseHex(THEIR_CHALLENGE.substring(2)));
        assertEquals(List.of("CHAP_N=" + OWN_USER, "CHAP_R=" + hex(expected)), pairs(step));
        assertTrue(response(step).transit());
    }

    private LoginStep mutual(Map<String, String> challenge, String identifier, String theirs) {
        return say(
                1,
                "CHAP_N=" + USER,
                "CHAP_R=" + hex(responseTo(challenge, SECRET)),
                "CHAP_I=" + identifier,
                "CHAP_C=" + theirs);
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_I.2", clause = "12.1.3", title = "identifier out of range")
    void anIdentifierIsOneByte() {
        serve(Method.MUTUAL);
        assertFailed(mutual(challenge("7"), "256", THEIR_CHALLENGE));
        login = new LoginNegotiation(scene);
        assertFailed(mutual(challenge("7"), "x", THEIR_CHALLENGE));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_I.3", clause = "12.1.3", title = "mutual where the target has none")
    void oneWayAuthenticationDoesNotAnswerBack() {
        serve(Method.CHAP);
        assertFailed(mutual(challenge("7"), "1", THEIR_CHALLENGE));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_C.1", clause = "9.2.1", title = "reflected challenge")
    void theTargetsOwnChallengeIsNotAnswered() {
        serve(Method.MUTUAL);
        Map<String, String> challenge = challenge("7");
        assertFailed(mutual(challenge, challenge.get("CHAP_I"), challenge.get("CHAP_C")));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_C.2", clause = "9.2.1", title = "the same secret both ways")
    void theInitiatorsSecretIsNotTheTargets() {
        scene.accounts.put(new Account("out", OWN_USER, SECRET, Account.Use.OUTGOING));
        serve(Method.MUTUAL);
        assertFailed(mutual(challenge("7"), "1", THEIR_CHALLENGE));
    }

    @Test
    @UnhCase(
            suite = UnhSuite.CHAP,
            number = "CHAP_C.3",
            clause = "12.1.3",
            title = "challenge of 1024 bytes, and of more")
    void aChallengeHasABound() {
        serve(Method.MUTUAL);
        assertFalse(pairs(mutual(challenge("7"), "1", "0x" + "5a".repeat(1024))).isEmpty());
        login = new LoginNegotiation(scene);
        assertFailed(mutual(challenge("7"), "1", "0x" + "5a".repeat(1025)));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_C.4", clause = "9.2.1", title = "challenges are never the same")
    void aChallengeIsNew() {
        serve(Method.CHAP);
        String first = challenge("7").get("CHAP_C");
        assertEquals(2 + 2 * Chap.CHALLENGE_BYTES, first.length());
        login = new LoginNegotiation(scene);
        assertNotEquals(first, challenge("7").get("CHAP_C"));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_A.5", clause = "6.3", title = "leaving the stage before the proof")
    void theStageIsNotLeftBeforeTheProof() {
        serve(Method.CHAP);
        LoginStep first = login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME, "AuthMethod=CHAP,None"));
        assertFalse(response(first).transit());
        assertFalse(response(say(1, "CHAP_A=7")).transit());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.CHAP,
            number = "CHAP_A.6",
            clause = "6.3",
            title = "no method, None, or no security stage")
    void whoDoesNotProveAnythingFails() {
        serve(Method.CHAP);
        assertFailed(login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME)));
        login = new LoginNegotiation(scene);
        assertFailed(open("AuthMethod=None"));
        login = new LoginNegotiation(scene);
        assertFailed(login.receive(request(1, 3, INITIATOR_NAME, TARGET_NAME)));
    }

    @Test
    @UnhCase(suite = UnhSuite.CHAP, number = "CHAP_A.7", clause = "12.1.3", title = "steps after the proof")
    void stepsAfterTheProofFail() {
        serve(Method.CHAP);
        Map<String, String> challenge = challenge("7");
        say(0, "CHAP_N=" + USER, "CHAP_R=" + hex(responseTo(challenge, SECRET)));
        assertFailed(say(0, "CHAP_I=1", "CHAP_C=" + THEIR_CHALLENGE));
    }

    @Test
    void aDiscoverySessionProvesWhatItsPortalAsksFor() {
        scene.portals.set(
                0,
                new Portal(
                        "main",
                        LoginScene.address("192.0.2.1", 3260),
                        1,
                        new Authentication(Method.CHAP, List.of("in"), ChapDigest.DEFAULT)));
        assertFailed(login.receive(request(1, 3, INITIATOR_NAME, "SessionType=Discovery")));
        login = new LoginNegotiation(scene);
        say(0, INITIATOR_NAME, "SessionType=Discovery", "AuthMethod=CHAP");
        Map<String, String> challenge = new HashMap<>();
        pairs(say(0, "CHAP_A=8")).forEach(pair -> challenge.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        LoginStep step = say(3, "CHAP_N=" + USER, "CHAP_R=" + hex(responseTo(challenge, SECRET)));
        assertEquals(USER, ((LoginStep.Establish) step).outcome().user());
    }

    @Test
    void anAccountDoesNotTellItsSecret() {
        assertFalse(
                new Account("in", USER, SECRET, Account.Use.INCOMING).toString().contains(SECRET));
    }
}
