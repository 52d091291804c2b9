package org.lunaria.isns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lunaria.isns.internal.network.ServerAddress;

/**
 * The server of Open-iSNS (Debian's open-isns-server) on a loopback port, with everything of its own in one folder: it has
 * nothing to do with one that the machine may run.
 */
public final class OpenIsnsServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/isnsd");
    private static final Path ADMIN = Path.of("/usr/sbin/isnsadm");
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);

    private final Path folder;
    private final int port;
    private Process process;

    /** @param folder empty */
    public OpenIsnsServer(Path folder, String... settings) throws IOException {
        this.folder = folder;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        List<String> lines = new ArrayList<>(List.of(
                "SourceName = iqn.2026-11.org.lunaria.test:isnsd",
                "BindAddress = 127.0.0.1:" + port,
                "ServerAddress = 127.0.0.1:" + port,
                "ControlSocket = " + folder.resolve("control"),
                "PIDFile = " + folder.resolve("pid"),
                "LocalRegistry = " + folder.resolve("registry"),
                "Security = 0",
                "SLPRegister = 0"));
        lines.addAll(List.of(settings));
        Files.write(folder.resolve("isnsd.conf"), lines);
        start();
    }

    public ServerAddress address() {
        return new ServerAddress("127.0.0.1", port);
    }

    /** Returns when it answers. */
    public void start() throws IOException {
        if (!Files.isExecutable(PROGRAM) || !Files.isExecutable(ADMIN)) {
            throw new AssertionError("install open-isns-server and open-isns-utils, as ./verify does");
        }
        process = new ProcessBuilder(PROGRAM.toString(), "-f", "-4", "-c", configuration())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("isnsd does not answer; it said " + Files.readString(folder.resolve("log")));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** What isnsadm prints, asked over the server's own control socket. */
    public String isnsadm(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ADMIN.toString(), "-c", configuration(), "--local"));
        command.addAll(List.of(words));
        Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor(START.toSeconds(), TimeUnit.SECONDS);
        return output;
    }

    /** Ends this process and no other. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String configuration() {
        return folder.resolve("isnsd.conf").toString();
    }
}
