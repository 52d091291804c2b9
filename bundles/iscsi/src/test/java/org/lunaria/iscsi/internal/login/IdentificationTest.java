package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.lunaria.iscsi.internal.login.LoginScene.DISK;
import static org.lunaria.iscsi.internal.login.LoginScene.HOST;
import static org.lunaria.iscsi.internal.login.LoginScene.INITIATOR_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.TARGET_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.assertRefused;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.request;
import static org.lunaria.iscsi.internal.login.LoginScene.response;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.TargetDirectory.Absence;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.Nexus;

/** Who logs in to what, and whether they may. */
class IdentificationTest {
    private final LoginScene scene = LoginScene.withDisk();
    private final LoginNegotiation login = new LoginNegotiation(scene);

    @Test
    void anInitiatorWithoutAProperNameIsRefused() {
        refused(LoginStatus.INITIATOR_ERROR, request(0, 1, "InitiatorName=me", TARGET_NAME));
    }

    @Test
    void anUnknownTargetIsNotFound() {
        refused(LoginStatus.NOT_FOUND, request(0, 1, INITIATOR_NAME, TARGET_NAME + "x"));
        refused(LoginStatus.NOT_FOUND, request(0, 1, INITIATOR_NAME, "TargetName=nonsense"));
    }

    @Test
    void aRemovedTargetIsRemovedAndOneThatIsExpectedIsUnavailable() {
        TargetNode node = scene.targets.find(DISK).orElseThrow();
        scene.targets.remove(node, Absence.REMOVED);
        refused(LoginStatus.TARGET_REMOVED, request(0, 1, INITIATOR_NAME, TARGET_NAME));
        scene.targets.add(node);
        scene.targets.remove(node, Absence.UNAVAILABLE);
        refused(LoginStatus.SERVICE_UNAVAILABLE, request(0, 1, INITIATOR_NAME, TARGET_NAME));
    }

    @Test
    void whileTheApplianceStartsATargetWhoseUnitsAreStillToComeIsUnavailable() {
        scene.unitsPresent = false;
        assertFalse(response(new LoginNegotiation(scene).receive(request(0, 0, INITIATOR_NAME, TARGET_NAME)))
                .ends());
        scene.nanos.set(0);
        refused(LoginStatus.SERVICE_UNAVAILABLE, request(0, 1, INITIATOR_NAME, TARGET_NAME));
    }

    @Test
    void aTargetThatDoesNotAdmitTheInitiatorSaysSo() {
        scene.target("b", DISK + "b", "", Set.of(), AccessList.of(List.of("any", "!" + HOST)), Limits.DEFAULT);
        refused(LoginStatus.AUTHORIZATION_FAILURE, request(0, 1, INITIATOR_NAME, TARGET_NAME + "b"));
    }

    @Test
    void aTargetOfOtherPortalsIsNotFoundOnThisOne() {
        scene.target("b", DISK + "b", "", Set.of("backup"), AccessList.of(List.of("any")), Limits.DEFAULT);
        refused(LoginStatus.NOT_FOUND, request(0, 1, INITIATOR_NAME, TARGET_NAME + "b"));
    }

    @Test
    void theFirstAnswerNamesTheAliasAndThePortalGroup() {
        scene.target("b", DISK + "b", "Backup", Set.of(), AccessList.of(List.of("any")), Limits.DEFAULT);
        assertEquals(
                List.of("TargetPortalGroupTag=1", "TargetAlias=Backup"),
                pairs(login.receive(request(0, 0, INITIATOR_NAME, TARGET_NAME + "b"))));
    }

    @Test
    void theNexusHasTheNamesOfTheRfc() {
        assertEquals(
                new Nexus(HOST + ",i,0x800102030405", DISK + ",t,0x0001", 1),
                scene.login().nexus().orElseThrow());
    }

    private void refused(LoginStatus status, LoginRequest request) {
        assertRefused(status, new LoginNegotiation(scene).receive(request));
    }
}
