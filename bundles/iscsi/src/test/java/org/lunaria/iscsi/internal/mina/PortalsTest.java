package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;

/** Sockets on the loopback address; what is said over them is tested without. */
class PortalsTest {
    private static final int CONNECTIONS_MAX = 3;
    private static final int LOGIN_MILLIS = 1500;

    private final Portals portals = new Portals(
            new Portals.Bounds(1, 8 << 20, CONNECTIONS_MAX, new SessionRules(LOGIN_MILLIS, 30, 90, 128), 0),
            new TargetDirectory(System::nanoTime, Duration.ZERO),
            new AccountDirectory(),
            new SessionRegistry(SessionLimits.of(10)),
            List::of);

    @AfterEach
    void close() {
        portals.close();
    }

    @Test
    void aPortInUseIsToldInOneSentence() throws IOException {
        try (Listener listener = portals.listen(portal("first", 0))) {
            int port = listener.address().getPort();
            IOException refused = assertThrows(IOException.class, () -> portals.listen(portal("second", port)));
            assertEquals(
                    "portal second: 127.0.0.1:" + port
                            + " is already in use; choose another port or stop what listens there.",
                    refused.getMessage());
        }
    }

    @Test
    void aClosedPortalLeavesItsPort() throws IOException {
        Listener first = portals.listen(portal("main", 0));
        first.close();
        Listener again = portals.listen(portal("main", first.address().getPort()));
        assertEquals(first.address(), again.address());
        again.close();
    }

    @Test
    void whoDoesNotLogInIsClosed() throws IOException {
        try (Listener listener = portals.listen(portal("main", 0));
                Socket silent = connect(listener)) {
            assertEquals(-1, silent.getInputStream().read());
        }
    }

    @Test
    void nonsenseClosesItsConnectionOnly() throws IOException {
        try (Listener listener = portals.listen(portal("main", 0));
                Socket bystander = connect(listener);
                Socket hostile = connect(listener)) {
            byte[] nonsense = new byte[5000];
            Arrays.fill(nonsense, (byte) 0x5A);
            hostile.getOutputStream().write(nonsense);
            assertEnd(hostile);
            bystander.getOutputStream().write(loginWithoutName());
            byte[] header = bystander.getInputStream().readNBytes(48);
            assertEquals(0x23, header[0]);
            assertEquals(0x0207, ByteBuffer.wrap(header).getShort(36));
        }
    }

    @Test
    void aConnectionTooManyIsSentAway() throws IOException {
        try (Listener listener = portals.listen(portal("main", 0))) {
            Socket[] sockets = new Socket[CONNECTIONS_MAX + 1];
            for (int index = 0; index < sockets.length; index++) {
                sockets[index] = connect(listener);
            }
            assertEnd(sockets[CONNECTIONS_MAX]);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Portal portal(String name, int port) {
        return new Portal(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    }

    private static Socket connect(Listener listener) throws IOException {
        Socket socket =
                new Socket(listener.address().getAddress(), listener.address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** The other side has closed: by an end, or a reset when it had not read everything. */
    private static void assertEnd(Socket socket) throws IOException {
        try {
            assertEquals(-1, socket.getInputStream().read());
        } catch (SocketException reset) {
            assertTrue(reset.getMessage().contains("reset"), reset.getMessage());
        }
    }

    /** T, CSG 1, NSG 3, and one key that is not enough. */
    private static byte[] loginWithoutName() {
        byte[] text = "SessionType=Normal\0\0".getBytes();
        ByteBuffer pdu = ByteBuffer.allocate(48 + text.length);
        pdu.put(0, (byte) 0x43)
                .put(1, (byte) 0x87)
                .put(7, (byte) (text.length - 1))
                .put(48, text);
        return pdu.array();
    }
}
