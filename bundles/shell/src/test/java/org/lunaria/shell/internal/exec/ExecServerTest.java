package org.lunaria.shell.internal.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewVolume;
import org.lunaria.exec.client.Frame;
import org.lunaria.shell.internal.TestShell;

/** The real shell behind a real socket. */
class ExecServerTest {
    @TempDir
    private Path folder;

    private TestShell shell;
    private ExecServer server;

    @BeforeEach
    void open() throws Exception {
        shell = new TestShell();
        server = new ExecServer(OwnerSocket.bind(path()), new CommandRunner(shell.sessions()));
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        shell.close();
    }

    @Test
    void outputAndStatusOfACommandComeBack() throws IOException {
        Answer answer = exec("volume:list", "--no-format");
        assertEquals(0, answer.status());
        assertEquals("d1\tfile\t10G\tREADY\t0123456789abcdef\tt1/0\t\n", answer.out());
        assertEquals("", answer.err());
    }

    @Test
    void refusalIsOneLineOfErrorAndStatusOne() throws IOException {
        Answer answer = exec("volume:show", "x");
        assertEquals(new Answer("", "Error: volume 'x' does not exist.\n", 1), answer);
    }

    @Test
    void unknownCommandAndMistypedOptionAreOneLineWithoutColours() throws IOException {
        assertEquals(new Answer("", "Error: there is no command nonsense; help lists all.\n", 1), exec("nonsense"));
        assertEquals(
                new Answer(
                        "",
                        "Error: volume:list: there is no option --colour; volume:list --help says what it takes.\n",
                        1),
                exec("volume:list", "--colour"));
        assertEquals(
                new Answer("", "Error: volume:show: give VOLUME; volume:show --help says what it takes.\n", 1),
                exec("volume:show"));
    }

    @Test
    void optionsMayStandBehindArguments() throws IOException {
        exec("volume:create", "d2", "--kind", "memory", "--size", "10G", "--set", "vendor=A B", "--block", "4096");
        assertEquals(
                List.of(new NewVolume(
                        "d2",
                        "memory",
                        Optional.of(new ByteSize(10L << 30)),
                        Optional.empty(),
                        4096,
                        Map.of("vendor", "A B"))),
                shell.appliance.requests);
    }

    @Test
    void aDiscImageIsServedByADriveWithBlocksOf2048Bytes() throws IOException {
        exec("volume:create", "dvd1", "--type", "cdrom", "--path", "/srv/disc1.iso");
        assertEquals(
                List.of(new NewVolume(
                        "dvd1",
                        "file",
                        Optional.empty(),
                        Optional.of("/srv/disc1.iso"),
                        2048,
                        Map.of("type", "CDROM"))),
                shell.appliance.requests);
    }

    @Test
    void mediaAreEjectedAndLoaded() throws IOException {
        assertEquals(
                new Answer(
                        "The medium of volume d1 is ejected; volume:load d1 puts it or, with --path, another one in.\n",
                        "",
                        0),
                exec("volume:eject", "--force", "d1"));
        assertEquals(
                new Answer("A medium is in volume d1.\n", "", 0), exec("volume:load", "d1", "--path", "/srv/2.iso"));
        exec("volume:eject", "d1");
        exec("volume:load", "d1");
        assertEquals(
                List.of("eject d1 true", "load d1 Optional[/srv/2.iso]", "eject d1 false", "load d1 Optional.empty"),
                shell.appliance.requests);
    }

    @Test
    void aVolumeIsResizedAndAskedForByForceOnly() throws IOException {
        assertEquals(
                new Answer("Volume d1 has 10G now; initiators are told, and see it when they look again.\n", "", 0),
                exec("volume:resize", "d1", "--size", "20G"));
        exec("volume:resize", "--force", "d1", "--size", "1M");
        assertEquals(List.of("resize d1 21474836480 false", "resize d1 1048576 true"), shell.appliance.requests);
        assertTrue(exec("volume:resize", "d1", "--size", "much").err().contains("size much: give a number of bytes"));
    }

    @Test
    void flagsTakeNoValueAndNumbersAreNumbers() throws IOException {
        assertEquals(
                "", exec("target:map", "t1", "--read-only", "d1", "--lun", "3").err());
        exec("target:map", "t1", "d1");
        exec("volume:delete", "d1", "--purge", "--yes");
        assertEquals(
                List.of(
                        "map t1 d1 " + OptionalInt.of(3) + " true",
                        "map t1 d1 OptionalInt.empty false",
                        "delete d1 true"),
                shell.appliance.requests);
    }

    @Test
    void singleWordIsACommandLine() throws IOException {
        assertEquals("1\n", exec("volume:list --no-format | wc -l").out().strip() + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two  blanks",
                "it's",
                "say \"x\"",
                "$HOME",
                "${x}",
                "$(volume:list)",
                "back\\slash",
                "ends in \\",
                "{a}",
                "(b)",
                "<c>",
                "d;e",
                "f|g",
                "`h`",
                "[1",
                "]",
                "=",
                "~",
                "*",
                "#x",
                "a=b",
                "!1",
                "&",
                "%x",
                "<<<",
                "'",
                "\"",
                "\\",
                "",
                "it's a \\ and a | too",
                "\u00e9\u20ac\ud83d\ude00'",
                "//x",
                " lead",
                "trail "
            })
    void wordReachesTheCommandAsGiven(String word) throws IOException {
        exec("target:allow", "t1", word);
        assertEquals(List.of("allow t1 " + word), shell.appliance.requests);
    }

    @Test
    void wordWithQuoteDoesNotDisturbTheOptionsBehindIt() throws IOException {
        exec("volume:create", "d2", "--set", "vendor=it's", "--size", "1G");
        assertEquals(Map.of("vendor", "it's"), ((NewVolume) shell.appliance.requests.get(0)).settings());
    }

    @Test
    void requestThatIsNoneIsRefusedAndOthersAreServed() throws IOException {
        assertEquals(1, exec("echo", "a\nb").status());
        String[] many =
                Stream.generate(() -> "x").limit(ExecRequest.MAX_WORDS + 1).toArray(String[]::new);
        assertEquals(
                "Error: a command has at most 1024 words and 262144 bytes.\n",
                exec(many).err());
        String[] large = Stream.generate(() -> "x".repeat(1024))
                .limit(ExecRequest.MAX_WORDS + 1)
                .toArray(String[]::new);
        assertEquals(
                "Error: a command has at most 1024 words and 262144 bytes.\n",
                exec(large).err());
        try (SocketChannel client = connect()) {
            client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)));
            assertEquals(1, answer(client).status());
        }
        assertEquals(0, exec("volume:list").status());
    }

    @Test
    void commandReadsTheClientsInputAndItsFilesAreOfTheClientsFolder() throws IOException {
        String document =
                "{\"formatVersion\": 1, \"accounts\": {\"n\": {\"user\": \"n\", \"secret\": \"twelve bytes and more\"}}}";
        try (SocketChannel client = connect()) {
            request(client, false, "appliance:import", "-", "--yes");
            for (String piece : List.of(document.substring(0, 30), document.substring(30), "")) {
                assertEquals(Frame.Type.READ, Frame.readFrom(client).type());
                Frame.of(Frame.Type.INPUT, piece).writeTo(client);
            }
            Answer answer = answer(client);
            assertTrue(answer.out().endsWith("The configuration is what the document says.\n"), answer.toString());
        }
        assertTrue(
                shell.appliance.history.done.get(0).endsWith(": appliance:import - --yes"),
                shell.appliance.history.done.toString());
        try (SocketChannel client = connect()) {
            Frame.of(Frame.Type.FOLDER, folder.toString()).writeTo(client);
            request(client, false, "appliance:export", "here.json");
            assertEquals(0, answer(client).status());
        }
        assertTrue(Files.readString(folder.resolve("here.json")).contains("\"n\""));
    }

    @Test
    void theFirstLineOfTheClientsInputIsASecret() throws IOException {
        try (SocketChannel client = connect()) {
            request(client, false, "account:create", "host1", "--secret-file", "-");
            for (String piece : List.of("twelve bytes and more\nnot this\n", "")) {
                assertEquals(Frame.Type.READ, Frame.readFrom(client).type());
                Frame.of(Frame.Type.INPUT, piece).writeTo(client);
            }
            assertEquals(0, answer(client).status());
        }
        assertEquals(List.of("create host1 host1 INCOMING twelve bytes and more"), shell.appliance.requests);
        assertFalse(
                shell.appliance.history.done.toString().contains("twelve"), shell.appliance.history.done.toString());
    }

    @Test
    void clientsThatGoAwayMakeRoomForOthers() throws IOException {
        for (int i = 0; i < 3 * ExecServer.MAX_CONNECTIONS; i++) {
            connect().close();
        }
        assertEquals(0, exec("volume:list").status());
    }

    @Test
    void clientThatGoesAwayInterruptsItsCommand() throws Exception {
        Endless endless = new Endless();
        shell.sessions().getRegistry().register(endless);
        try (SocketChannel client = connect()) {
            request(client, false, "test:endless");
            assertTrue(endless.begun.await(30, TimeUnit.SECONDS));
        }
        assertTrue(endless.interrupted.await(30, TimeUnit.SECONDS));
    }

    @Test
    void coloursAreForTerminalsOnly() throws IOException {
        assertFalse(exec("volume:create", "--help").out().contains("\u001b"));
        assertTrue(exec("volume:create", "--help").out().contains("Example: volume:create"));
        try (SocketChannel client = connect()) {
            request(client, true, "volume:create", "--help");
            assertTrue(answer(client).out().contains("\u001b["));
        }
    }

    @Test
    void socketIsForItsOwnerAndReplacesAStaleOne() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
        server.close();
        assertFalse(Files.exists(path()));
        Files.writeString(path(), "stale");
        try (OwnerSocket socket = OwnerSocket.bind(path());
                SocketChannel client = connect();
                SocketChannel accepted = socket.accept()) {
            assertTrue(accepted.isConnected() && client.isConnected());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void socketInATooLongPathIsRefusedAndLeavesNothing() throws IOException {
        Path deep = Files.createDirectory(folder.resolve("d".repeat(120)));
        assertThrows(IOException.class, () -> OwnerSocket.bind(deep.resolve("s")));
        try (Stream<Path> left = Files.list(deep)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private record Answer(String out, String err, int status) {}

    private Path path() {
        return folder.resolve("s");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(path()));
        return client;
    }

    private Answer exec(String... words) throws IOException {
        try (SocketChannel client = connect()) {
            request(client, false, words);
            return answer(client);
        }
    }

    private static void request(SocketChannel client, boolean terminal, String... words) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (String word : words) {
            frames.add(Frame.of(Frame.Type.ARGUMENT, word));
        }
        if (terminal) {
            frames.add(Frame.of(Frame.Type.TERMINAL));
        }
        frames.add(Frame.of(Frame.Type.RUN));
        for (Frame frame : frames) {
            frame.writeTo(client);
        }
    }

    private static Answer answer(SocketChannel client) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Frame frame = Frame.readFrom(client);
        while (frame.type() != Frame.Type.EXIT) {
            (frame.type() == Frame.Type.OUTPUT ? out : err).write(frame.payload());
            frame = Frame.readFrom(client);
        }
        return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), frame.status());
    }

    /** A command that waits until it is interrupted. */
    private static final class Endless implements Command {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public Object execute(Session session, List<Object> arguments) throws InterruptedException {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return null;
        }

        @Override
        public String getScope() {
            return "test";
        }

        @Override
        public String getName() {
            return "endless";
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public Completer getCompleter(boolean scoped) {
            return null;
        }

        @Override
        public Parser getParser() {
            return null;
        }
    }
}
