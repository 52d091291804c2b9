package org.lunaria.exec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final InputStream in = new ByteArrayInputStream("typed".getBytes());
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void wordsArriveAsGivenAndOutputErrorAndStatusComeBack() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<List<String>> request = CompletableFuture.supplyAsync(() -> serve(
                    server, Frame.of(Frame.Type.OUTPUT, "one\n"), Frame.of(Frame.Type.ERROR, "two\n"), Frame.exit(7)));
            assertEquals(7, exec("volume:show", "a b'c"));
            assertEquals(
                    List.of(
                            "ARGUMENT volume:show",
                            "ARGUMENT a b'c",
                            "TERMINAL ",
                            "FOLDER " + System.getProperty("user.dir"),
                            "RUN "),
                    request.get());
        }
        assertEquals("one\n", out.toString());
        assertEquals("two\n", err.toString());
    }

    @Test
    void standardInputIsReadWhenItIsAskedForAndNoSooner() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<List<String>> said = CompletableFuture.supplyAsync(() -> {
                try (SocketChannel channel = server.accept()) {
                    while (Frame.readFrom(channel).type() != Frame.Type.RUN) {
                        // The request is of no interest here.
                    }
                    List<String> inputs = new ArrayList<>();
                    for (int i = 0; i < 2; i++) {
                        Frame.of(Frame.Type.READ).writeTo(channel);
                        inputs.add(Frame.readFrom(channel).text());
                    }
                    Frame.exit(0).writeTo(channel);
                    return inputs;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertEquals(0, exec("appliance:import", "-"));
            assertEquals(List.of("typed", ""), said.get());
        }
    }

    @Test
    void applianceThatEndsMeanwhileIsToldInOneSentence() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<List<String>> request =
                    CompletableFuture.supplyAsync(() -> serve(server, Frame.of(Frame.Type.OUTPUT, "half")));
            assertEquals(Exec.NOT_ANSWERED, exec("volume:list"));
            request.get();
        }
        assertEquals("lunaria: the appliance ended before the command did.\n", err.toString());
    }

    @Test
    void missingSocketIsToldInOneSentence() {
        assertEquals(Exec.NOT_ANSWERED, exec("volume:list"));
        assertTrue(err.toString().startsWith("lunaria: the appliance does not answer at " + socket()), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    private int exec(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add(0, socket().toString());
        return Exec.run(arguments.toArray(String[]::new), true, in, out, err);
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(socket()));
    }

    private static List<String> serve(ServerSocketChannel server, Frame... answer) {
        List<String> request = new ArrayList<>();
        try (SocketChannel channel = server.accept()) {
            Frame frame;
            do {
                frame = Frame.readFrom(channel);
                request.add(frame.type() + " " + frame.text());
            } while (frame.type() != Frame.Type.RUN);
            for (Frame part : answer) {
                part.writeTo(channel);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return request;
    }
}
