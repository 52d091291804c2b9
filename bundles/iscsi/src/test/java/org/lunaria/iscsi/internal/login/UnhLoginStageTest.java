package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.login.LoginScene.INITIATOR_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.ISID;
import static org.lunaria.iscsi.internal.login.LoginScene.TARGET_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.assertRefused;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.request;
import static org.lunaria.iscsi.internal.login.LoginScene.response;
import static org.lunaria.iscsi.internal.login.LoginScene.text;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;

/** UNH-IOL login families 1 to 3 and 6: the stages of a login, and what may be said once. */
class UnhLoginStageTest {
    private final LoginScene scene = LoginScene.withDisk();
    private final LoginNegotiation login = new LoginNegotiation(scene);

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "1.1", clause = "6.3", title = "Standard login")
    void aStandardLoginGoesThroughBothStages() {
        LoginResponse security = response(login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME, "AuthMethod=None")));
        assertEquals(0, security.statusClass());
        assertEquals(0, security.currentStage());
        assertEquals(1, security.nextStage());
        assertTrue(security.transit());
        assertInstanceOf(LoginStep.Establish.class, login.receive(request(1, 3, "HeaderDigest=None")));
        LoginResponse last = login.established(5);
        assertEquals(1, last.currentStage());
        assertEquals(3, last.nextStage());
        assertTrue(last.transit());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "1.2", clause = "6.3", title = "Login without the security stage")
    void aLoginMayBeginWithOperationalNegotiation() {
        assertInstanceOf(LoginStep.Establish.class, login.receive(request(1, 3, INITIATOR_NAME, TARGET_NAME)));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "1.3", clause = "6.3", title = "Login without the operational stage")
    void aLoginMayGoFromSecurityToTheFullFeaturePhase() {
        assertInstanceOf(LoginStep.Establish.class, login.receive(request(0, 3, INITIATOR_NAME, TARGET_NAME)));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "2.1", clause = "11.13.4", title = "TSIH")
    void theHandleIsGivenWithTheLastResponse() {
        assertEquals(
                0,
                response(login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME)))
                        .tsih());
        login.receive(request(1, 3));
        assertEquals(0x1234, login.established(0x1234).tsih());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.1", clause = "11.12.2", title = "T bit")
    void aStageIsLeftOnlyWhenTheInitiatorAsksForIt() {
        LoginResponse stays = response(login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME)));
        assertFalse(stays.transit());
        assertEquals(0, stays.nextStage());
        assertInstanceOf(LoginStep.Establish.class, login.receive(request(1, 3)));
        assertTrue(login.established(1).transit());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.2", clause = "11.12.2", title = "T bit delay")
    void anInitiatorMayTakeItsTimeToLeaveAStage() {
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME));
        for (int round = 0; round < 10; round++) {
            LoginResponse empty = response(login.receive(request(1, 1)));
            assertFalse(empty.transit());
            assertEquals(0, empty.data().length);
        }
        assertInstanceOf(LoginStep.Establish.class, login.receive(request(1, 3)));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.3", clause = "11.12.2", title = "T bit and C bit")
    void aStageIsNotLeftAmidAText() {
        assertRefused(
                LoginStatus.INITIATOR_ERROR,
                login.receive(new LoginRequest(
                        true, true, 0, 1, 0, 0, ISID, 0, 7, 1, 1, 1, text(INITIATOR_NAME, TARGET_NAME))));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.4", clause = "11.12.3", title = "NSG and CSG reserved")
    void theReservedStageIsRefused() {
        refused(request(0, 2, INITIATOR_NAME, TARGET_NAME));
        refused(request(2, 3, INITIATOR_NAME, TARGET_NAME));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.5", clause = "11.12.3", title = "NSG not beyond CSG")
    void noStageIsLeftBackwardsOrForItself() {
        refused(request(1, 0, INITIATOR_NAME, TARGET_NAME));
        refused(new LoginRequest(true, false, 1, 1, 0, 0, ISID, 0, 7, 1, 1, 1, text(INITIATOR_NAME, TARGET_NAME)));
        refused(request(3, 3, INITIATOR_NAME, TARGET_NAME));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.6", clause = "11.12.3", title = "NSG without the T bit")
    void theNextStageSaysNothingWithoutTheTBit() {
        LoginRequest request =
                new LoginRequest(false, false, 1, 2, 0, 0, ISID, 0, 7, 1, 1, 1, text(INITIATOR_NAME, TARGET_NAME));
        assertFalse(response(login.receive(request)).ends());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "3.7", clause = "6.3", title = "CSG of a stage that was left")
    void aStageIsNotComeBackTo() {
        login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME));
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(0, 1)));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "6.1", clause = "6.3", title = "Negotiate once")
    void aNameIsSaidOnce() {
        login.receive(request(0, 1, INITIATOR_NAME, TARGET_NAME));
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(1, 3, INITIATOR_NAME + "2")));
        refused(request(0, 1, INITIATOR_NAME, INITIATOR_NAME, TARGET_NAME));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "6.2", clause = "6.3", title = "Negotiate once, separate PDUs")
    void aKeyIsNegotiatedOnceInALogin() {
        login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME, "ImmediateData=Yes"));
        assertRefused(LoginStatus.INITIATOR_ERROR, login.receive(request(1, 3, "ImmediateData=No")));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "6.3", clause = "6.3", title = "Negotiate once, same PDU")
    void aKeyIsNegotiatedOnceInAText() {
        refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, "ImmediateData=Yes", "ImmediateData=No"));
        refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, "X-com.example.a=1", "X-com.example.a=1"));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "6.4", clause = "6.3", title = "Negotiate in the right stage")
    void aKeyOfTheOtherStageIsRefused() {
        for (String pair : List.of("MaxBurstLength=512", "HeaderDigest=None", "MaxRecvDataSegmentLength=8192")) {
            refused(request(0, 1, INITIATOR_NAME, TARGET_NAME, pair));
        }
        refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, "AuthMethod=None"));
        refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, "SendTargets=All"));
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "6.5", clause = "13", title = "Negotiate by the right side")
    void aKeyOfTheTargetIsRefused() {
        for (String pair : List.of("TargetPortalGroupTag=1", "TargetAlias=me", "TargetAddress=192.0.2.1")) {
            refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, pair));
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "6.6", clause = "6.2", title = "Answers to what was not said")
    void onlyWhatTheTargetDeclaredIsAnswered() {
        for (String pair : List.of("MaxBurstLength=Reject", "InitialR2T=Irrelevant", "X-a.b=NotUnderstood")) {
            refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, pair));
        }
        refused(request(1, 3, INITIATOR_NAME, TARGET_NAME, "MaxRecvDataSegmentLength=NotUnderstood"));
        assertTrue(pairs(login.receive(request(1, 1, INITIATOR_NAME, TARGET_NAME)))
                .contains("MaxRecvDataSegmentLength=262144"));
        assertFalse(response(login.receive(request(1, 1, "MaxRecvDataSegmentLength=NotUnderstood")))
                .ends());
    }

    private void refused(LoginRequest request) {
        assertRefused(LoginStatus.INITIATOR_ERROR, new LoginNegotiation(scene).receive(request));
    }
}
