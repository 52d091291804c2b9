package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.login.LoginScene.HOST;
import static org.lunaria.iscsi.internal.login.LoginScene.INITIATOR_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.ISID;
import static org.lunaria.iscsi.internal.login.LoginScene.TARGET_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.assertRefused;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.request;
import static org.lunaria.iscsi.internal.login.LoginScene.response;
import static org.lunaria.iscsi.internal.login.LoginScene.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.Framing;

class LoginNegotiationTest {
    private final LoginScene scene = LoginScene.withDisk();
    private final LoginNegotiation login = new LoginNegotiation(scene);

    @Test
    void aLoginAsOpenIscsiDoesItReachesTheFullFeaturePhase() {
        LoginStep security = login.receive(request(
                0, 1, INITIATOR_NAME, "InitiatorAlias=host", TARGET_NAME, "SessionType=Normal", "AuthMethod=None"));
        assertEquals(List.of("TargetPortalGroupTag=1", "AuthMethod=None"), pairs(security));
        assertTrue(response(security).transit());
        assertEquals(1, response(security).nextStage());

        LoginStep operational = login.receive(request(
                1,
                3,
                "HeaderDigest=None",
                "DataDigest=None",
                "DefaultTime2Wait=2",
                "DefaultTime2Retain=0",
                "IFMarker=No",
                "OFMarker=No",
                "ErrorRecoveryLevel=0",
                "InitialR2T=No",
                "ImmediateData=Yes",
                "MaxBurstLength=16776192",
                "FirstBurstLength=262144",
                "MaxOutstandingR2T=1",
                "MaxConnections=1",
                "DataPDUInOrder=Yes",
                "DataSequenceInOrder=Yes",
                "MaxRecvDataSegmentLength=131072"));
        LoginOutcome outcome =
                assertInstanceOf(LoginStep.Establish.class, operational).outcome();
        assertEquals("host", outcome.initiatorAlias());
        assertEquals(
                new Parameters(
                        Digest.NONE,
                        Digest.NONE,
                        131072,
                        262144,
                        1048576,
                        262144,
                        false,
                        true,
                        1,
                        2,
                        0,
                        true,
                        true,
                        0,
                        1,
                        1),
                outcome.parameters());

        LoginResponse last = login.established(9);
        assertEquals(9, last.tsih());
        assertTrue(last.transit());
        assertEquals(3, last.nextStage());
        assertEquals(
                List.of(
                        "HeaderDigest=None",
                        "DataDigest=None",
                        "DefaultTime2Wait=2",
                        "DefaultTime2Retain=0",
                        "IFMarker=Reject",
                        "OFMarker=Reject",
                        "ErrorRecoveryLevel=0",
                        "InitialR2T=No",
                        "ImmediateData=Yes",
                        "MaxBurstLength=1048576",
                        "MaxOutstandingR2T=1",
                        "MaxConnections=1",
                        "DataPDUInOrder=Yes",
                        "DataSequenceInOrder=Yes",
                        "FirstBurstLength=262144",
                        "MaxRecvDataSegmentLength=262144"),
                pairs(last.data()));
    }

    @Test
    void whatNobodySaysHasItsDefault() {
        assertEquals(
                new Parameters(
                        Digest.NONE,
                        Digest.NONE,
                        8192,
                        262144,
                        262144,
                        65536,
                        true,
                        true,
                        1,
                        2,
                        20,
                        true,
                        true,
                        0,
                        1,
                        1),
                scene.login().parameters());
    }

    @Test
    void theInitiatorsPreferenceOfDigestsHoldsForEachAlone() {
        Parameters both =
                scene.login("HeaderDigest=CRC32C,None", "DataDigest=CRC32C").parameters();
        assertEquals(new Framing(true, true), both.framing());
        Parameters header = scene.login("HeaderDigest=X-other,CRC32C,None", "DataDigest=None,CRC32C")
                .parameters();
        assertEquals(new Framing(true, false), header.framing());
        Parameters data =
                scene.login("HeaderDigest=X-other", "DataDigest=CRC32C").parameters();
        assertEquals(new Framing(false, true), data.framing());
        assertEquals(Framing.PLAIN, scene.login().parameters().framing());
    }

    @Test
    void aDiscoverySessionMayHaveDigests() {
        LoginStep step = login.receive(
                request(1, 3, INITIATOR_NAME, "SessionType=Discovery", "HeaderDigest=CRC32C", "DataDigest=CRC32C"));
        LoginOutcome outcome = assertInstanceOf(LoginStep.Establish.class, step).outcome();
        assertEquals(new Framing(true, true), outcome.parameters().framing());
        assertTrue(pairs(login.established(9).data()).contains("DataDigest=CRC32C"));
    }

    @Test
    void aLoginThatLeavesTheOperationalStageOutNeverLearnsTheTargetsLength() {
        LoginStep step = login.receive(request(0, 3, INITIATOR_NAME, TARGET_NAME));
        assertEquals(
                8192,
                assertInstanceOf(LoginStep.Establish.class, step)
                        .outcome()
                        .parameters()
                        .targetMaxRecvDataSegmentLength());
    }

    @Test
    void theTargetSaysItsLengthOnce() {
        assertTrue(pairs(login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME)))
                .contains("MaxRecvDataSegmentLength=262144"));
        assertEquals(List.of(), pairs(login.receive(request(1, 1))));
    }

    @Test
    void aDiscoverySessionNeedsNoTargetAndCallsTheKeysOfTheOtherKindIrrelevant() {
        LoginStep step = login.receive(
                request(1, 1, INITIATOR_NAME, "SessionType=Discovery", "MaxBurstLength=512", "ErrorRecoveryLevel=2"));
        assertEquals(
                List.of("MaxBurstLength=Irrelevant", "ErrorRecoveryLevel=0", "MaxRecvDataSegmentLength=262144"),
                pairs(step));
        assertEquals(SessionType.DISCOVERY, scene.discovery(HOST).type());
    }

    @Test
    void whoSaysItsNamesInEachStageSaysNothingNew() {
        login.receive(request(0, 1, INITIATOR_NAME, "SessionType=Discovery", "AuthMethod=CHAP,None"));
        assertInstanceOf(
                LoginStep.Establish.class, login.receive(request(1, 3, INITIATOR_NAME, "SessionType=Discovery")));
    }

    @Test
    void whoSaysAnotherNameLaterIsRefused() {
        login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME));
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(1, 3, INITIATOR_NAME + "2")));
    }

    @Test
    void aVersionThatDoesNotExistYetIsNotSupported() {
        LoginRequest next =
                new LoginRequest(true, false, 0, 1, 2, 1, ISID, 0, 7, 1, 1, 1, text(INITIATOR_NAME, TARGET_NAME));
        refused(LoginStatus.UNSUPPORTED_VERSION, next);
    }

    @Test
    void aRequestOfAnotherSessionIsRefused() {
        login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME));
        LoginRequest other = new LoginRequest(false, false, 1, 1, 0, 0, new byte[6], 0, 7, 1, 1, 1, new byte[0]);
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(other));
    }

    @Test
    void anInitiatorThatOnlyDoesChapFailsToAuthenticate() {
        refused(LoginStatus.AUTHENTICATION_FAILURE, request(0, 1, INITIATOR_NAME, TARGET_NAME, "AuthMethod=CHAP"));
        assertTrue(pairs(login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME, "AuthMethod=CHAP,None")))
                .contains("AuthMethod=None"));
    }

    @Test
    void aTextInManyPartsIsCollected() {
        byte[] whole = text(INITIATOR_NAME, TARGET_NAME, "AuthMethod=None");
        for (int i = 0; i < whole.length - 5; i += 5) {
            LoginResponse empty = response(login.receive(request(0, 0, true, Arrays.copyOfRange(whole, i, i + 5))));
            assertEquals(0, empty.data().length);
            assertFalse(empty.ends());
        }
        int rest = (whole.length - 1) / 5 * 5;
        LoginStep last = login.receive(request(0, 1, false, Arrays.copyOfRange(whole, rest, whole.length)));
        assertEquals(List.of("TargetPortalGroupTag=1", "AuthMethod=None"), pairs(last));
    }

    @Test
    void aTextThatNeverEndsIsRefused() {
        byte[] part = new byte[8192];
        LoginStep step = login.receive(request(0, 0, true, part));
        for (int i = 0; i < 7; i++) {
            assertFalse(response(step).ends());
            step = login.receive(request(0, 0, true, part));
        }
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(0, 0, true, part)));
        refused(
                LoginStatus.INITIATOR_ERROR,
                new LoginRequest(true, true, 0, 1, 0, 0, ISID, 0, 7, 1, 1, 1, text(INITIATOR_NAME, TARGET_NAME)));
    }

    @Test
    void aLoginThatBringsTooMuchTextIsRefused() {
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME));
        String[] unknown = new String[700];
        int rounds = 0;
        LoginStep step;
        do {
            String round = "Key" + rounds++ + "-";
            Arrays.setAll(unknown, i -> round + i + "=1");
            step = login.receive(request(1, 1, unknown));
            while (response(step).continues()) {
                step = login.receive(request(1, 1));
            }
        } while (!response(step).ends());
        assertRefused(LoginStatus.INITIATOR_ERROR, step);
        assertEquals(LoginNegotiation.MAX_BYTES / text(unknown).length, rounds, 3);
    }

    @Test
    void aFaultOfOursIsATargetError() {
        scene.nanos.set(0);
        scene.unitsFail = true;
        refused(LoginStatus.TARGET_ERROR, request(0, 1, INITIATOR_NAME, TARGET_NAME));
    }

    @Test
    void anotherRequestAmidALoginEndsIt() {
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME));
        LoginResponse response = login.interrupted();
        assertEquals(0x02, response.statusClass());
        assertEquals(0x0B, response.statusDetail());
    }

    @Test
    void aLoginThatNeverEndsIsRefused() {
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME));
        for (int i = 1; i < LoginNegotiation.MAX_REQUESTS; i++) {
            assertFalse(response(login.receive(request(1, 1))).ends());
        }
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(1, 1)));
    }

    @Test
    void anAnswerThatDoesNotFitGoesInPartsAndTheStageIsLeftWithTheLast() {
        String[] unknown = new String[700];
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = "UnknownKey" + i + "=1";
        }
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME));
        LoginResponse first = response(login.receive(request(1, 3, unknown)));
        assertTrue(first.continues());
        assertFalse(first.transit());
        assertEquals(8192, first.data().length);

        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(first.data());
        whole.writeBytes(response(login.receive(request(1, 1))).data());
        assertInstanceOf(LoginStep.Establish.class, login.receive(request(1, 3)));
        LoginResponse last = login.established(1);
        whole.writeBytes(last.data());
        assertFalse(last.continues());
        assertEquals(700, pairs(whole.toByteArray()).size());
    }

    @Test
    void dataAmidAnAnswerThatGoesOnIsRefused() {
        String[] unknown = new String[700];
        Arrays.setAll(unknown, i -> "UnknownKey" + i + "=1");
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME));
        login.receive(request(1, 3, unknown));
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(1, 3, "MaxConnections=1")));
    }

    @Test
    void aSessionThatCannotBeMadeEndsTheLoginWithItsStatus() {
        login.receive(request(1, 3, INITIATOR_NAME, TARGET_NAME));
        LoginResponse response = login.refused(LoginStatus.OUT_OF_RESOURCES);
        assertEquals(3, response.statusClass());
        assertEquals(2, response.statusDetail());
        assertTrue(response.ends());
        assertFalse(response.transit());
        assertArrayEquals(new byte[0], response.data());
    }

    private void refused(LoginStatus status, LoginRequest request) {
        assertRefused(status, new LoginNegotiation(scene).receive(request));
    }
}
