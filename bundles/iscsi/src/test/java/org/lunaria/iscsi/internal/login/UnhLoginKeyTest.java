package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.login.LoginScene.INITIATOR_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.TARGET_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.assertRefused;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;

/** UNH-IOL login families 7 and 9 to 23: what is answered to each key. The target's own values are the defaults. */
class UnhLoginKeyTest {
    private final LoginScene scene = LoginScene.withDisk();

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.1", clause = "6.2", title = "Login request")
    void everyKeyOfALoginIsAnsweredInTheSameResponse() {
        assertAnswers(List.of("InitialR2T=Yes", "MaxConnections=1"), "InitialR2T=Yes", "MaxConnections=1");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.2", clause = "6.2.1", title = "Login request list negotiation")
    void theFirstValueOfAListThatTheTargetKnowsIsChosen() {
        assertAnswers(List.of("HeaderDigest=CRC32C"), "HeaderDigest=Y-com.example.sum,CRC32C,None");
        assertAnswers(List.of("HeaderDigest=None"), "HeaderDigest=None,CRC32C");
        assertAnswers(List.of("HeaderDigest=Reject"), "HeaderDigest=Y-com.example.sum");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.3", clause = "12.1", title = "Login request invalid AuthMethod")
    void anInitiatorThatKnowsOtherMethodsOnlyIsNotAuthenticated() {
        for (String method : List.of("KRB5", "SRP", "Z-com.example.trust", "")) {
            assertRefused(
                    LoginStatus.AUTHENTICATION_FAILURE,
                    receive(request(0, 1, INITIATOR_NAME, TARGET_NAME, "AuthMethod=" + method)));
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.4", clause = "6.2", title = "FirstBurstLength value too high")
    void aFirstBurstBeyondItsRangeIsRejected() {
        assertAnswers(List.of("FirstBurstLength=Reject"), "FirstBurstLength=16777216");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.5", clause = "6.2", title = "ImmediateData invalid value")
    void immediateDataIsYesOrNo() {
        assertAnswers(List.of("ImmediateData=Reject"), "ImmediateData=Maybe");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.6", clause = "6.2", title = "Login request invalid key")
    void aKeyThatNobodyKnowsIsNotUnderstood() {
        assertAnswers(List.of("Speed=NotUnderstood"), "Speed=9");
        assertAnswers(List.of("X-com.example.speed=NotUnderstood"), "X-com.example.speed=9");
        assertAnswers(List.of("X#Speed=NotUnderstood"), "X#Speed=9");
        assertAnswers(List.of("maxconnections=NotUnderstood"), "maxconnections=1");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.7", clause = "6.1", title = "Key names and values, longest")
    void theLongestNameIsReadAndALongerOneEndsTheLogin() {
        String longest = "X-" + "k".repeat(61);
        assertAnswers(List.of(longest + "=NotUnderstood"), longest + "=" + "v".repeat(255));
        assertRefused(
                LoginStatus.INITIATOR_ERROR, receive(request(1, 3, INITIATOR_NAME, TARGET_NAME, longest + "k=1")));
        assertAnswers(List.of(), "InitiatorAlias=" + "a".repeat(255));
        assertAnswers(List.of("InitiatorAlias=Reject"), "InitiatorAlias=" + "a".repeat(256));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "7.8", clause = "6.1", title = "Numbers")
    void numbersAreDecimalOrHexadecimal() {
        assertAnswers(List.of("MaxBurstLength=65536"), "MaxBurstLength=0x10000");
        assertAnswers(List.of("MaxBurstLength=65536"), "MaxBurstLength=0X0000000000000000000010000");
        for (String number : List.of("0bAQAA", "065536", "-65536", "+65536", "65536 ", "6e5", "0x", "", "512~65536")) {
            assertAnswers(List.of("MaxBurstLength=Reject"), "MaxBurstLength=" + number);
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "9.1", clause = "13.1", title = "Header and data digests offer")
    void eachDigestIsNegotiatedAlone() {
        assertEquals(
                new Framing(true, false),
                scene.login("HeaderDigest=CRC32C", "DataDigest=None")
                        .parameters()
                        .framing());
        assertEquals(
                new Framing(false, true),
                scene.login("HeaderDigest=None", "DataDigest=CRC32C")
                        .parameters()
                        .framing());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "9.2", clause = "13.1", title = "Header and data digests response")
    void noDigestIsUsedUnlessItIsAskedFor() {
        assertAnswers(List.of());
        assertEquals(Framing.PLAIN, scene.login().parameters().framing());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "9.3", clause = "13.1", title = "Digests support CRC32C")
    void bothDigestsMayBeCrc32c() {
        assertAnswers(
                List.of("HeaderDigest=CRC32C", "DataDigest=CRC32C"), "HeaderDigest=CRC32C", "DataDigest=CRC32C,None");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "10.1", clause = "13.2", title = "MaxConnections")
    void asManyConnectionsAsBothSidesTake() {
        assertAnswers(List.of("MaxConnections=1"), "MaxConnections=1");
        assertAnswers(List.of("MaxConnections=8"), "MaxConnections=65535");
        assertAnswers(List.of("MaxConnections=Reject"), "MaxConnections=0");
        assertAnswers(List.of("MaxConnections=Reject"), "MaxConnections=65536");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "11.1", clause = "13.4, 13.5", title = "InitiatorName, TargetName")
    void aNormalSessionNeedsBothNamesAtOnce() {
        assertRefused(LoginStatus.MISSING_PARAMETER, receive(request(0, 1)));
        assertRefused(LoginStatus.MISSING_PARAMETER, receive(request(0, 1, TARGET_NAME)));
        assertRefused(LoginStatus.MISSING_PARAMETER, receive(request(0, 1, INITIATOR_NAME)));
        assertRefused(LoginStatus.INITIATOR_ERROR, receive(request(0, 1, "InitiatorName=", TARGET_NAME)));
        assertRefused(LoginStatus.NOT_FOUND, receive(request(0, 1, INITIATOR_NAME, "TargetName=")));
        assertRefused(LoginStatus.NOT_FOUND, receive(request(0, 1, INITIATOR_NAME, TARGET_NAME + "x")));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "12.1", clause = "13.25", title = "Marker negotiation")
    void markersAreRejectedAndNeverNotUnderstood() {
        for (String pair : List.of("IFMarker=No", "OFMarker=Yes", "IFMarkInt=2048~8192", "OFMarkInt=2048")) {
            assertAnswers(List.of(pair.substring(0, pair.indexOf('=')) + "=Reject"), pair);
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "13.1", clause = "6.2.2", title = "Boolean negotiation")
    void aBooleanIsAnsweredWithTheResultOfItsFunction() {
        assertAnswers(List.of("InitialR2T=No"), "InitialR2T=No");
        assertAnswers(List.of("InitialR2T=Yes"), "InitialR2T=Yes");
        assertAnswers(List.of("ImmediateData=No"), "ImmediateData=No");
        assertAnswers(List.of("ImmediateData=Yes"), "ImmediateData=Yes");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "13.2", clause = "13.18, 13.19", title = "Legal boolean negotiation")
    void dataComesInOrderWhateverTheInitiatorCanDo() {
        assertAnswers(
                List.of("DataPDUInOrder=Yes", "DataSequenceInOrder=Yes"),
                "DataPDUInOrder=No",
                "DataSequenceInOrder=No");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "13.3", clause = "6.2.2", title = "Illegal boolean negotiation")
    void aBooleanThatIsNoneIsRejectedAndItsDefaultHolds() {
        for (String value : List.of("yes", "NO", "1", "True", "", "Yes,No")) {
            assertAnswers(List.of("InitialR2T=Reject"), "InitialR2T=" + value);
            assertTrue(scene.login("InitialR2T=" + value).parameters().initialR2T());
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "14.1", clause = "13.12", title = "MaxRecvDataSegmentLength")
    void eachSideDeclaresItsLengthForItself() {
        Parameters parameters = scene.login("MaxRecvDataSegmentLength=512").parameters();
        assertEquals(512, parameters.initiatorMaxRecvDataSegmentLength());
        assertEquals(262144, parameters.targetMaxRecvDataSegmentLength());
        assertEquals(
                0xffffff,
                scene.login("MaxRecvDataSegmentLength=16777215").parameters().initiatorMaxRecvDataSegmentLength());
        assertEquals(8192, scene.login().parameters().initiatorMaxRecvDataSegmentLength());
        assertTrue(answers("MaxRecvDataSegmentLength=511").contains("MaxRecvDataSegmentLength=Reject"));
        assertTrue(answers("MaxRecvDataSegmentLength=16777216").contains("MaxRecvDataSegmentLength=Reject"));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "15.1", clause = "13.13", title = "MaxBurstLength")
    void aBurstIsAsLongAsBothSidesTake() {
        assertAnswers(List.of("MaxBurstLength=512"), "MaxBurstLength=512");
        assertAnswers(List.of("MaxBurstLength=1048576"), "MaxBurstLength=16777215");
        assertAnswers(List.of("MaxBurstLength=Reject"), "MaxBurstLength=511");
        assertAnswers(List.of("MaxBurstLength=Reject"), "MaxBurstLength=16777216");
        assertEquals(262144, scene.login("MaxBurstLength=511").parameters().maxBurstLength());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "16.1", clause = "13.14", title = "FirstBurstLength below MaxBurstLength")
    void aFirstBurstIsAsLongAsBothSidesTake() {
        assertAnswers(
                List.of("MaxBurstLength=8192", "FirstBurstLength=4096"),
                "MaxBurstLength=8192",
                "FirstBurstLength=4096");
        assertAnswers(List.of("FirstBurstLength=262144"), "FirstBurstLength=16777215");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "16.2", clause = "13.14", title = "FirstBurstLength above MaxBurstLength")
    void aFirstBurstIsNeverLongerThanABurst() {
        assertAnswers(
                List.of("MaxBurstLength=4096", "FirstBurstLength=4096"),
                "FirstBurstLength=8192",
                "MaxBurstLength=4096");
        assertEquals(
                4096,
                scene.login("MaxBurstLength=4096", "FirstBurstLength=8192")
                        .parameters()
                        .firstBurstLength());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "16.3", clause = "13.14", title = "FirstBurstLength irrelevant")
    void aFirstBurstIsIrrelevantWithoutUnsolicitedData() {
        assertAnswers(
                List.of("InitialR2T=Yes", "ImmediateData=No", "FirstBurstLength=Irrelevant"),
                "FirstBurstLength=512",
                "InitialR2T=Yes",
                "ImmediateData=No");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "17.1", clause = "13.16", title = "DefaultTime2Retain")
    void tasksAreKeptForTheShorterTime() {
        assertAnswers(List.of("DefaultTime2Retain=0"), "DefaultTime2Retain=3600");
        assertAnswers(List.of("DefaultTime2Retain=Reject"), "DefaultTime2Retain=3601");
        assertEquals(20, scene.login().parameters().defaultTime2Retain());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "18.1", clause = "13.15", title = "DefaultTime2Wait")
    void theLongerTimeIsWaited() {
        assertAnswers(List.of("DefaultTime2Wait=2"), "DefaultTime2Wait=0");
        assertAnswers(List.of("DefaultTime2Wait=3600"), "DefaultTime2Wait=3600");
        assertAnswers(List.of("DefaultTime2Wait=Reject"), "DefaultTime2Wait=3601");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "19.1", clause = "13.17", title = "MaxOutstandingR2T")
    void asManyR2tsAsBothSidesTake() {
        assertAnswers(List.of("MaxOutstandingR2T=1"), "MaxOutstandingR2T=1");
        assertAnswers(List.of("MaxOutstandingR2T=8"), "MaxOutstandingR2T=65535");
        assertAnswers(List.of("MaxOutstandingR2T=Reject"), "MaxOutstandingR2T=0");
        assertAnswers(List.of("MaxOutstandingR2T=Reject"), "MaxOutstandingR2T=65536");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "20.1", clause = "13.20", title = "ErrorRecoveryLevel")
    void theLowerRecoveryLevelHolds() {
        assertAnswers(List.of("ErrorRecoveryLevel=0"), "ErrorRecoveryLevel=0");
        assertAnswers(List.of("ErrorRecoveryLevel=0"), "ErrorRecoveryLevel=2");
        assertAnswers(List.of("ErrorRecoveryLevel=Reject"), "ErrorRecoveryLevel=3");
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "21.1", clause = "13.21", title = "SessionType")
    void aSessionIsNormalOrForDiscovery() {
        assertEquals(SessionType.NORMAL, scene.login("SessionType=Normal").type());
        assertEquals(SessionType.NORMAL, scene.login().type());
        assertEquals(SessionType.DISCOVERY, scene.discovery(LoginScene.HOST).type());
        assertRefused(
                LoginStatus.SESSION_TYPE_NOT_SUPPORTED,
                receive(request(0, 1, INITIATOR_NAME, TARGET_NAME, "SessionType=discovery")));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "21.2", clause = "13", title = "Keys irrelevant in a discovery session")
    void keysOfScsiCommandsAreIrrelevantInADiscoverySession() {
        for (String pair : List.of(
                "MaxConnections=1",
                "InitialR2T=Yes",
                "ImmediateData=Yes",
                "MaxBurstLength=512",
                "FirstBurstLength=512",
                "MaxOutstandingR2T=1",
                "DataPDUInOrder=Yes",
                "DataSequenceInOrder=Yes",
                "TaskReporting=RFC3720",
                "iSCSIProtocolLevel=1")) {
            assertTrue(pairs(receive(request(1, 1, INITIATOR_NAME, "SessionType=Discovery", pair)))
                    .contains(pair.substring(0, pair.indexOf('=')) + "=Irrelevant"));
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "22.1", clause = "12.1", title = "AuthMethod")
    void noAuthenticationIsNeededWhereNoneIsConfigured() {
        assertTrue(pairs(receive(request(0, 1, INITIATOR_NAME, TARGET_NAME, "AuthMethod=KRB5,None")))
                .contains("AuthMethod=None"));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "23.1", clause = "13.9", title = "TargetPortalGroupTag")
    void theFirstResponseNamesThePortalGroup() {
        for (int stage : new int[] {0, 1}) {
            assertEquals(
                    "TargetPortalGroupTag=1",
                    pairs(receive(request(stage, stage, INITIATOR_NAME, TARGET_NAME)))
                            .get(0));
        }
        assertEquals(List.of(), pairs(receive(request(0, 0, INITIATOR_NAME, "SessionType=Discovery"))));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "23.2", clause = "13.6", title = "TargetAlias")
    void aTargetWithAnAliasSaysIt() {
        scene.target("b", LoginScene.DISK + "b", "Backup", Set.of(), AccessList.of(List.of("any")), Limits.DEFAULT);
        assertTrue(
                pairs(receive(request(0, 1, INITIATOR_NAME, TARGET_NAME + "b"))).contains("TargetAlias=Backup"));
    }

    private LoginStep receive(LoginRequest request) {
        return new LoginNegotiation(scene).receive(request);
    }

    private List<String> answers(String... pairs) {
        List<String> all = new ArrayList<>(List.of(INITIATOR_NAME, TARGET_NAME));
        all.addAll(List.of(pairs));
        return pairs(receive(request(1, 1, all.toArray(String[]::new))));
    }

    /** What is answered to these pairs, beside what every target says. */
    private void assertAnswers(List<String> expected, String... pairs) {
        List<String> answers = new ArrayList<>(answers(pairs));
        answers.remove("TargetPortalGroupTag=1");
        answers.remove("MaxRecvDataSegmentLength=262144");
        assertEquals(expected, answers);
    }
}
