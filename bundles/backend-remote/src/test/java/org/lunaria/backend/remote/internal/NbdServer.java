package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server program under test's hand, in the foreground: started, killed and started again at one address. That it listens is
 * found out by the client, which tries until it does. Confined to one thread.
 */
final class NbdServer implements AutoCloseable {

    private static final int WAIT_SECONDS = 60;

    private final List<String> command;
    private final String uri;
    private final Path log;
    private Process process;

    private NbdServer(List<String> command, String uri, Path folder) {
        this.command = command;
        this.uri = uri;
        this.log = folder.resolve("server.log");
    }

    /** @param arguments of nbdkit: filters, the plugin and its parameters */
    static NbdServer nbdkit(Path folder, String... arguments) {
        int port = freePort();
        return new NbdServer(
                        with(List.of("nbdkit", "-f", "-i", "127.0.0.1", "-p", "" + port, "-e", "disk"), arguments),
                        "nbd://127.0.0.1:" + port + "/disk",
                        folder)
                .start();
    }

    static NbdServer nbdkitAtSocket(Path folder, String... arguments) {
        Path socket = folder.resolve("nbd.sock");
        return new NbdServer(
                        with(List.of("nbdkit", "-f", "-U", socket.toString()), arguments),
                        "nbd+unix:///?socket=" + socket,
                        folder)
                .start();
    }

    /** @param arguments of qemu-nbd: options and the image */
    static NbdServer qemu(Path folder, String... arguments) {
        int port = freePort();
        return new NbdServer(
                        with(
                                List.of(
                                        "qemu-nbd",
                                        "--persistent",
                                        "--shared=16",
                                        "-b",
                                        "127.0.0.1",
                                        "-p",
                                        "" + port,
                                        "-x",
                                        "disk"),
                                arguments),
                        "nbd://127.0.0.1:" + port + "/disk",
                        folder)
                .start();
    }

    static NbdServer qemuAtSocket(Path folder, String... arguments) {
        Path socket = folder.resolve("nbd.sock");
        return new NbdServer(
                        with(
                                List.of(
                                        "qemu-nbd",
                                        "--persistent",
                                        "--shared=16",
                                        "-k",
                                        socket.toString(),
                                        "-x",
                                        "disk"),
                                arguments),
                        "nbd+unix:///disk?socket=" + socket,
                        folder)
                .start();
    }

    /** Any other program at an address. */
    static NbdServer of(List<String> command, String uri, Path folder) {
        return new NbdServer(command, uri, folder).start();
    }

    /** The same server, which wants TLS. */
    NbdServer withTls() {
        NbdServer server = new NbdServer(command, uri.replace("nbd:", "nbds:"), log.getParent());
        server.process = process;
        return server;
    }

    String uri() {
        return uri;
    }

    NbdServer start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("./verify installs what the tests need", e);
        }
    }

    /** Ends it as the loss of its machine would: with what it has in its memory. */
    void kill() {
        try {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            if (!process.destroyForcibly().waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
