package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.lunaria.iscsi.internal.login.LoginScene.DISK;
import static org.lunaria.iscsi.internal.login.LoginScene.HOST;
import static org.lunaria.iscsi.internal.login.LoginScene.INITIATOR_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.TARGET_NAME;
import static org.lunaria.iscsi.internal.login.LoginScene.address;
import static org.lunaria.iscsi.internal.login.LoginScene.assertRefused;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.request;
import static org.lunaria.iscsi.internal.login.LoginScene.response;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.ChapDigest;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.Redirect;
import org.lunaria.iscsi.internal.node.Redirects;

/** Logins that are sent elsewhere (RFC 7143 11.13.5 class 1, 13.8). */
class RedirectTest {
    private final LoginScene scene = LoginScene.withDisk();

    @Test
    void theAnswerSaysWhereToGoAndForHowLongAndNothingElse() {
        redirect("main", false, "192.0.2.2", 3261);
        moved(LoginStatus.TARGET_MOVED_TEMPORARILY, "192.0.2.2:3261");
        redirect("main", true, "[2001:db8::2]", 3260);
        moved(LoginStatus.TARGET_MOVED_PERMANENTLY, "[2001:db8::2]:3260");
        scene.redirect(
                new Redirects(Map.of("main", new Redirect(true, "storage.example.com", Optional.empty(), 3260))));
        moved(LoginStatus.TARGET_MOVED_PERMANENTLY, "storage.example.com:3260");
    }

    @Test
    void itIsSaidInTheOperationalStageToo() {
        redirect("main", false, "192.0.2.2", 3260);
        LoginStep step =
                new LoginNegotiation(scene).receive(request(1, 3, INITIATOR_NAME, TARGET_NAME, "HeaderDigest=CRC32C"));
        assertRefused(LoginStatus.TARGET_MOVED_TEMPORARILY, step);
        assertEquals(
                List.of("TargetAddress=192.0.2.2:3260"), pairs(response(step).data()));
    }

    @Test
    void itIsSaidBeforeAnythingIsProved() {
        LoginScene asking = new LoginScene();
        asking.diskWith(new Authentication(Authentication.Method.CHAP, List.of("host"), List.of(ChapDigest.SHA_256)));
        asking.redirect(redirects("main", true, "192.0.2.2", 3260));
        LoginStep step = new LoginNegotiation(asking)
                .receive(request(0, 0, INITIATOR_NAME, TARGET_NAME, "AuthMethod=CHAP,None"));
        assertRefused(LoginStatus.TARGET_MOVED_PERMANENTLY, step);
    }

    @Test
    void aStrangerIsNotToldWhereTheTargetIs() {
        scene.target("b", DISK + "b", "", Set.of(), AccessList.of(List.of("!" + HOST)), Limits.DEFAULT);
        redirect("main", true, "192.0.2.2", 3260);
        LoginStep step = new LoginNegotiation(scene).receive(request(0, 0, INITIATOR_NAME, TARGET_NAME + "b"));
        assertRefused(LoginStatus.AUTHORIZATION_FAILURE, step);
        assertEquals(0, response(step).data().length);
    }

    @Test
    void otherPortalsAndDiscoveryAreServed() {
        redirect("second", true, "192.0.2.2", 3260);
        assertEquals(DISK, scene.login().target().orElseThrow().iqn());
        redirect("main", true, "192.0.2.2", 3260);
        assertEquals(SessionType.DISCOVERY, scene.discovery(HOST).type());
    }

    @Test
    void whoWouldComeBackIsServed() {
        redirect("main", true, "192.0.2.1", 3260);
        served();
        scene.portals.add(new Portal("second", address("192.0.2.2", 3260), 2));
        scene.redirect(new Redirects(Map.of(
                "main", to(true, "192.0.2.2", 3260),
                "second", to(true, "192.0.2.1", 3260))));
        served();
        scene.portals.set(0, new Portal("main", address("0.0.0.0", 3260), 1));
        redirect("main", true, "192.0.2.1", 3260);
        served();
    }

    @Test
    void aPortalOfThisNodeThatServesIsAGoodPlaceToSendThemTo() {
        scene.portals.add(new Portal("second", address("192.0.2.2", 3260), 2));
        redirect("main", true, "192.0.2.2", 3260);
        moved(LoginStatus.TARGET_MOVED_PERMANENTLY, "192.0.2.2:3260");
    }

    private void served() {
        assertFalse(response(new LoginNegotiation(scene).receive(request(0, 0, INITIATOR_NAME, TARGET_NAME)))
                .ends());
    }

    private void moved(LoginStatus status, String where) {
        LoginStep step = new LoginNegotiation(scene).receive(request(0, 1, INITIATOR_NAME, TARGET_NAME));
        assertRefused(status, step);
        assertEquals(List.of("TargetAddress=" + where), pairs(response(step).data()));
        assertFalse(response(step).transit());
    }

    private void redirect(String portal, boolean permanent, String host, int port) {
        scene.redirect(redirects(portal, permanent, host, port));
    }

    private static Redirects redirects(String portal, boolean permanent, String host, int port) {
        return new Redirects(Map.of(portal, to(permanent, host, port)));
    }

    private static Redirect to(boolean permanent, String host, int port) {
        InetAddress literal = address(host, port).getAddress();
        return new Redirect(permanent, host, Optional.of(literal), port);
    }
}
