package org.lunaria.shell.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.Configuration;
import org.lunaria.shell.internal.TestShell;

class CommandsTest {
    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "volume:create",
            "volume:list",
            "volume:show",
            "volume:delete",
            "volume:eject",
            "volume:load",
            "volume:migrate",
            "volume:resize",
            "volume:set",
            "volume:swap",
            "target:create",
            "target:list",
            "target:show",
            "target:delete",
            "target:map",
            "target:unmap",
            "target:allow",
            "target:deny",
            "target:mask",
            "target:unmask",
            "target:set",
            "account:create",
            "account:list",
            "account:delete",
            "portal:create",
            "portal:list",
            "portal:delete",
            "portal:set",
            "session:list",
            "session:show",
            "session:drop",
            "backend:list",
            "appliance:events",
            "appliance:history",
            "appliance:diff",
            "appliance:export",
            "appliance:import",
            "appliance:rollback",
            "appliance:status",
            "appliance:top"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private TestShell shell;
    private Session session;

    @BeforeEach
    void open() throws Exception {
        shell = new TestShell();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        session = shell.sessions().create(InputStream.nullInputStream(), stream, stream);
    }

    @AfterEach
    void close() {
        session.close();
        shell.close();
    }

    @Test
    void commandsAreThoseOfTheManual() throws Exception {
        assertEquals(
                NAMES,
                new TreeSet<>(commands()
                        .map(type -> type.getAnnotation(Command.class))
                        .map(command -> command.scope() + ":" + command.name())
                        .toList()));
    }

    @Test
    void everyCommandTakesOptionsAnywhereAndShowsAnExample() throws Exception {
        for (Class<?> type : commands().toList()) {
            Command command = type.getAnnotation(Command.class);
            assertNotNull(type.getAnnotation(Parsing.class), type.getName());
            String example = "Example: " + command.scope() + ":" + command.name();
            assertTrue(command.detailedDescription().startsWith(example), type.getName());
            assertTrue(command.description().endsWith("."), type.getName());
        }
    }

    @Test
    void flagsAreTheOptionsThatAreTrueOrFalse() throws Exception {
        Set<String> flags = new TreeSet<>(Set.of("--help"));
        for (Class<?> type : commands().toList()) {
            for (Field field : options(type)) {
                if (field.getType() == boolean.class) {
                    flags.add(field.getAnnotation(Option.class).name());
                }
            }
        }
        assertEquals(flags, new TreeSet<>(OptionsAnywhere.FLAGS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume:create x --size 1G",
                "volume:list",
                "volume:show d1",
                "volume:delete d1",
                "volume:migrate d1 --kind file --rate 50M",
                "volume:migrate d1 --cancel",
                "volume:set d1 readOnly=true vendor=",
                "volume:swap d1 --kind file --path /srv/d1.img --unchecked",
                "target:create t",
                "target:list",
                "target:show t1",
                "target:delete t1 --yes",
                "target:map t1 d1",
                "target:unmap t1 d1",
                "target:allow t1 any",
                "target:deny t1 any",
                "target:mask t1 iqn.1993-08.org.debian:b 0 2:ro",
                "target:unmask t1 iqn.1993-08.org.debian:b",
                "target:set t1 alias=x auth=",
                "account:list",
                "account:delete a1",
                "portal:create p ::",
                "portal:list",
                "portal:delete p",
                "portal:set p tag=2",
                "session:list",
                "session:show 1",
                "session:drop 1",
                "backend:list",
                "appliance:events --kind login --last 3",
                "appliance:history",
                "appliance:diff",
                "appliance:diff 1",
                "appliance:export",
                "appliance:diff 1 2",
                "appliance:rollback 1 --dry-run",
                "appliance:rollback 1 --yes",
                "appliance:status",
                "appliance:top --once --interval 0.1"
            })
    void everyCommandSpeaksToPeopleAndToPrograms(String line) throws Exception {
        assertTrue(run(line).endsWith("\n"));
        JsonNode json = new ObjectMapper().readTree(run(line + " --json"));
        assertTrue(json.isObject() || json.isArray());
    }

    @Test
    void jsonHasTheRecordsNamesInTheirOrder() throws Exception {
        List<String> fields = new ArrayList<>();
        new ObjectMapper().readTree(run("session:show 1 --json")).fieldNames().forEachRemaining(fields::add);
        assertEquals(
                List.of(
                        "id",
                        "initiator",
                        "alias",
                        "isid",
                        "tsih",
                        "target",
                        "state",
                        "connections",
                        "since",
                        "tasks",
                        "commands",
                        "dataInBytes",
                        "dataOutBytes",
                        "parameters"),
                fields);
        assertTrue(run("session:show 1").contains("127.0.0.1:40000, S5 LOGGED_IN"));
        assertTrue(run("volume:show d1 --json").contains("\"copy\" : null"));
        assertTrue(run("session:show 1 --json").contains("\"since\" : \"2026-11-25T00:00:00Z\""));
    }

    @Test
    void aVolumeWhoseBackendKeepsCommandsSaysSo() throws Exception {
        assertTrue(run("volume:show d1").contains("2 commands wait for the backend since 42 s\n"));
    }

    @Test
    void aVolumeTellsWhoServesItWhatFailedLastAndHowLongItWasHeld() throws Exception {
        String shown = run("volume:show d1 --no-format");
        for (String fact : List.of(
                "Provider\torg.lunaria.backend.file 0.1.0, since 1970-01-01T00:00:00Z",
                "Space\t3G taken, 40G left, which others may take",
                "Under way\t3, and 0 wait for a backend",
                "Last failure\t1970-01-01T00:00:00Z: READ at LBA 17: MEDIUM ERROR, UNRECOVERED READ ERROR (bad sector)",
                "Held\t1970-01-01T00:00:00Z for 7 ms")) {
            assertTrue(shown.contains(fact + "\n"), shown);
        }
        JsonNode json = new ObjectMapper().readTree(run("volume:show d1 --json"));
        assertEquals("org.lunaria.backend.file", json.at("/provider/bundle").asText());
        assertEquals("1970-01-01T00:00:00Z", json.at("/provider/since").asText());
        assertEquals(17, json.at("/lastFailure/lba").asInt());
        assertEquals(7, json.at("/holds/0/millis").asInt());
        assertEquals(3L << 30, json.at("/space/usedBytes").asLong());
    }

    @Test
    void topShowsVolumesAndSessions() throws Exception {
        assertEquals(
                """
                2026-11-26T00:00:00Z, over 1.0 s

                Volume | Reads/s | Writes/s | Read MB/s | Written MB/s |   p50 |    p99 | Under way | Held
                -------+---------+----------+-----------+--------------+-------+--------+-----------+-----
                d1     |    1200 |      3.5 |       4.9 |          0.0 | 85 us | 1.5 ms |         8 |    0
                d2     |       0 |        0 |         0 |            0 |     - |      - |         0 |    2

                Session | Commands/s | Read MB/s | Written MB/s |   p50 |    p99 | Under way | Target | Initiator
                --------+------------+-----------+--------------+-------+--------+-----------+--------+-------------------------
                1       |       1204 |       4.9 |          0.0 | 85 us | 1.5 ms |         8 | t1     | iqn.1993-08.org.debian:a
                """,
                run("appliance:top --once --interval 0.1")
                        .replace('│', '|')
                        .replace('┼', '+')
                        .replace('─', '-'));
    }

    @Test
    void topGivesProgramsADocumentASample() throws Exception {
        try (MappingIterator<JsonNode> samples = new ObjectMapper()
                .readerFor(JsonNode.class)
                .readValues(run("appliance:top --count 3 --interval 0.1 --json"))) {
            List<JsonNode> all = samples.readAll();
            assertEquals(3, all.size());
            assertEquals(1480, all.get(2).at("/volumes/0/latency/p99Micros").asDouble());
            assertEquals("READ", all.get(2).at("/volumes/0/operations/0/kind").asText());
        }
    }

    @Test
    void topRefusesWhatItCannotDo() {
        assertEquals(
                "--interval 0.0: give 0.1 to 3600 seconds.",
                assertThrows(CommandException.class, () -> session.execute("appliance:top --interval 0"))
                        .getMessage());
        assertEquals(
                "--count 0: give 1 or more, and not together with --once.",
                assertThrows(CommandException.class, () -> session.execute("appliance:top --count 0"))
                        .getMessage());
    }

    @Test
    void statusNamesEveryTrouble() throws Exception {
        assertEquals(
                "Volumes 1, targets 1, portals 1, sessions 1.\n"
                        + "Heap 45 of 512 MiB, direct buffers 9 MiB, threads 40.\nLimit: 1 of 8192 sessions.\n"
                        + "iSNS server isns:3205: registered since 2026-11-26T03:26:53Z, targets 1, portals 2.\n"
                        + "volume d2: It is lost.\n",
                run("appliance:status"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'volume:show '; d1",
                "'volume:create d2 --kind '; file memory",
                "'volume:create d2 --block '; 2048 4096 512",
                "'volume:create d2 --set '; create= vendor= whenGone=FAIL whenGone=HOLD",
                "'volume:create d2 --kind memory --set '; discardWrites= vendor= whenGone=FAIL whenGone=HOLD",
                "'volume:set '; d1",
                "'volume:set d1 '; direct=false direct=true vendor= whenGone=FAIL whenGone=HOLD",
                "'target:map '; iqn.2026-11.org.lunaria:t1 t1",
                "'target:map t1 '; d1",
                "'target:map t1 d1 --lun '; 1",
                "'target:map --lun 3 t1 '; d1",
                "'target:allow t1 '; any iqn.1993-08.org.debian:a iqn.1993-08.org.debian:b",
                "'target:unmap t1 '; d1",
                "'target:mask t1 iqn.1993-08.org.debian:b '; 0 0:ro none",
                "'target:mask t1 iqn.1993-08.org.debian:new 7:ro '; 0 0:ro none",
                "'target:unmask t1 '; iqn.1993-08.org.debian:b",
                "'session:drop '; 1",
                "'target:set t1 '; alias= auth=chap auth=none",
                "'target:set t1 alias=x '; alias= auth=chap auth=none",
                "'account:delete '; a1",
                "'appliance:rollback '; 1 2",
                "'appliance:diff 1 '; 1 2",
                "'appliance:import x --format '; ctl gotgt lio lunaria scst tgt",
                "'portal:delete '; default"
            })
    void tabulatorOffersWhatThereIs(String line, String offered) {
        assertEquals(List.of(offered.split(" ")), complete(line));
    }

    @Test
    void aMoveSaysWhereToAndHowFast() throws Exception {
        run("volume:migrate d1 --kind file --set create=false --rate 50M --path /srv/x.img");
        run("volume:swap d1 --kind memory");
        assertEquals(
                List.of(
                        "migrate d1 NewStore[kind=file, size=Optional.empty, path=Optional[/srv/x.img],"
                                + " settings={create=false}] 52428800",
                        "swap d1 NewStore[kind=memory, size=Optional.empty, path=Optional.empty, settings={}] false"),
                shell.appliance.requests);
        CommandException refused = assertThrows(CommandException.class, () -> run("volume:migrate d1"));
        assertEquals("give the --kind of the backend to move to, or --cancel.", refused.getMessage());
    }

    @Test
    void aMaskIsToldWithWhatItShowsInVain() throws Exception {
        assertEquals(
                "Target t1 shows iqn.1993-08.org.debian:b lun 0 and 2:ro.\nNo volume is lun 2 of target t1 yet.\n",
                run("target:mask t1 iqn.1993-08.org.debian:b 0 2:ro"));
        assertEquals(List.of("mask t1 iqn.1993-08.org.debian:b [0, 2:ro]"), shell.appliance.requests);
        assertEquals("Target t1 shows any nothing.\n", run("target:mask t1 any none"));
        CommandException refused = assertThrows(CommandException.class, () -> run("target:mask t1 any 0:rw"));
        assertEquals(
                "lun '0:rw': give numbers from 0 to 16383, with :ro behind those that are to be read only, or none alone.",
                refused.getMessage());
        assertTrue(run("target:show t1")
                .contains("Mask 1          iqn.1993-08.org.debian:b sees 0 2:ro; no volume is presented as 2\n"));
    }

    @Test
    void aSecretComesFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "correct horse battery\nsecond line\n");
        run("account:create a1 --user host1 --for outgoing --secret-file " + file);
        session.put(CallersFile.FOLDER, folder.toString());
        run("account:create a1 --user host1 --for outgoing --secret-file secret");
        String made = "create a1 host1 OUTGOING correct horse battery";
        assertEquals(List.of(made, made), shell.appliance.requests);
    }

    @Test
    void withoutASecretNothingIsMade() {
        CommandException refused = assertThrows(CommandException.class, () -> run("account:create a1"));
        assertEquals(
                "there is no secret; type one, or give --secret-file FILE, or - for the standard input.",
                refused.getMessage());
        refused = assertThrows(CommandException.class, () -> run("account:create a1 --secret-file /nowhere"));
        assertTrue(refused.getMessage().startsWith("file /nowhere cannot be read"), refused.getMessage());
    }

    @Test
    void differencesAreALineEachAndTellNoSecret() throws Exception {
        assertEquals("""
                + org.lunaria.account-host1.cfg
                    + secret = ********
                ~ org.lunaria.unit-d1.cfg
                    - readOnly = true
                    + readOnly = false
                """, run("appliance:diff 1 2"));
        assertFalse(run("appliance:diff 1 2 --json").contains("oh"));
        assertEquals(run("appliance:diff 1 2"), run("appliance:diff"));
        assertEquals("They are the same.\n", run("appliance:diff 2"));
    }

    @Test
    void rollbackShowsWhatChangesAndAsks() throws Exception {
        CommandException refused = assertThrows(CommandException.class, () -> run("appliance:rollback 1"));
        assertEquals("nothing was changed; give --yes to go on.", refused.getMessage());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("- org.lunaria.account-host1.cfg\n"));
        assertTrue(run("appliance:rollback 1 --dry-run").endsWith("+ readOnly = true\nNothing was changed.\n"));
        assertTrue(run("appliance:rollback 1 --yes").endsWith("The configuration is what it was in version 1.\n"));
        assertEquals("The configuration is what it was in version 1 already.\n", run("appliance:rollback 1 --yes"));
        assertThrows(CommandException.class, () -> run("appliance:rollback 9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    target:delete t1         | target t1 has 1 session, which ends; give --yes to delete it.
                    portal:delete default    | portal default has 1 connection, which ends; give --yes to delete it.
                    volume:delete d1 --purge | the data of volume d1, 10G, would be destroyed for good; give --yes to go on.
                    """)
    void whatDestroysOrCutsOffIsConfirmed(String line, String sentence) throws Exception {
        assertEquals(sentence, refusal(line));
        assertEquals(List.of(), shell.appliance.requests);
        assertTrue(run(line + " --yes").endsWith("is deleted.\n"));
        assertEquals(1, shell.appliance.requests.size());
    }

    @Test
    void whatHarmsNobodyIsNotAskedFor() throws Exception {
        run("volume:delete d1");
        run("portal:delete p");
        assertEquals(List.of("delete d1 false", "delete p"), shell.appliance.requests);
    }

    @Test
    void whoDidWhatIsToldWithoutSecrets(@TempDir Path folder) throws Exception {
        session.put("USER", "karaf");
        Path file = Files.writeString(folder.resolve("secret"), "correct horse battery\n");
        run("account:create --json a1 --user host1 --secret-file " + file);
        run("volume:create x --set vendor=A --size 1G --set tls.password=unheard");
        run("target:mask t1 iqn.1993-08.org.debian:b 0 2:ro");
        assertEquals(
                List.of(
                        "karaf: account:create a1 --secret-file " + file + " --user host1",
                        "karaf: volume:create x --set vendor=A --set tls.password=******** --size 1G",
                        "karaf: target:mask t1 iqn.1993-08.org.debian:b 0 2:ro"),
                shell.appliance.done);
    }

    @Test
    void exportIsAFileThatIsReplacedOnlyByForceAndIsForItsOwnerWhenItHasSecrets(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.json");
        assertEquals("The configuration is in " + file + ", without secrets.\n", run("appliance:export " + file));
        assertEquals(run("appliance:export"), Files.readString(file));
        assertEquals(run("appliance:export -"), Files.readString(file));
        CommandException refused = assertThrows(CommandException.class, () -> run("appliance:export " + file));
        assertEquals("file " + file + " exists already; give another name, or --force.", refused.getMessage());
        session.put(CallersFile.FOLDER, folder.toString());
        run("appliance:export --with-secrets a.json --force");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        refused = assertThrows(CommandException.class, () -> run("appliance:export /nowhere/x"));
        assertTrue(refused.getMessage().startsWith("file /nowhere/x cannot be written ("), refused.getMessage());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void importShowsWhatChangesAndAsksAndChangesNothingTwice(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), """
                {"formatVersion": 1, "accounts": {"n": {"user": "n", "secret": "twelve bytes and more"}},
                 "volumes": {"v": {"kind": "file", "backendId": "v.2", "backend": {"path": "/nowhere/v.img"}, "serial": "1", "naa": "3000000000000001"}}}
                """);
        String shown = run("appliance:import --dry-run " + file);
        assertTrue(shown.contains("+ org.lunaria.account-n.cfg\n    + secret = ********\n    + user = n\n"), shown);
        assertFalse(shown.contains("twelve"), shown);
        assertTrue(shown.endsWith("Nothing was changed.\n"), shown);
        CommandException refused = assertThrows(CommandException.class, () -> run("appliance:import " + file));
        assertEquals("nothing was changed; give --yes to go on.", refused.getMessage());
        assertTrue(run("appliance:import --yes " + file).endsWith("The configuration is what the document says.\n"));
        assertEquals("There is nothing to change.\n", run("appliance:import --yes " + file));
        assertFalse(run("appliance:import --dry-run --replace --json " + file).contains("twelve"));
        Files.writeString(file, "{\"formatVersion\": 1}");
        assertEquals("There is nothing to change.\n", run("appliance:import --yes --merge " + file));
        String wiped = run("appliance:import --yes --replace " + file);
        assertTrue(wiped.contains("volume v goes; its data stays in /nowhere/v.img.\n"), wiped);
        assertEquals(Configuration.EMPTY, shell.appliance.history().current());
    }

    @Test
    void importOfWhatIsNoneIsRefusedInASentence(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{\"formatVersion\": 1, \"volume\": {}}");
        assertTrue(refusal("appliance:import " + file).startsWith("unknown key volume; give "));
        assertTrue(refusal("appliance:import /nowhere")
                .startsWith("file /nowhere cannot be read (there is no such file or folder)"));
        assertTrue(refusal("appliance:import --format iet " + file)
                .startsWith("format 'iet': give one of lunaria, gotgt, tgt, lio, ctl, scst."));
        assertEquals("--merge and --replace: give one of them.", refusal("appliance:import --merge --replace " + file));
        Files.write(file, new byte[] {(byte) 0xFF});
        assertEquals("file " + file + " is no text in UTF-8.", refusal("appliance:import " + file));
    }

    @Test
    void fileOfAnotherTargetIsImportedWithWhatIsLeftOut(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("targets.conf"),
                "<target iqn.2026-01.com.example:t>\n  backing-store /srv/d.img\n  bs-type rdwr\n</target>\n");
        String shown = run("appliance:import --yes --format tgt " + file);
        assertTrue(shown.contains("targets.conf:3: bs-type: not needed\n"), shown);
        assertTrue(shown.contains("volume d takes what is in /srv/d.img, with its data.\n"), shown);
        assertTrue(shown.contains("    + luns = 1=d\n"), shown);
    }

    private String refusal(String line) {
        return assertThrows(CommandException.class, () -> run(line)).getMessage();
    }

    @Test
    void optionsAreOfferedBehindArguments() {
        assertTrue(complete("volume:create d2 --ki").contains("--kind"));
        assertTrue(complete("volume:delete d1 --").contains("--purge"));
    }

    private List<String> complete(String line) {
        String name = line.substring(0, line.indexOf(' '));
        var command = session.getRegistry().getCommands().stream()
                .filter(candidate -> name.equals(candidate.getScope() + ":" + candidate.getName()))
                .findFirst()
                .orElseThrow();
        CommandLine parsed = command.getParser().parse(session, line, line.length());
        List<Candidate> candidates = new ArrayList<>();
        command.getCompleter(false).completeCandidates(session, parsed, candidates);
        return candidates.stream()
                .map(Candidate::value)
                .map(String::strip)
                .sorted()
                .toList();
    }

    private String run(String line) throws Exception {
        out.reset();
        session.execute(line);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Stream<Class<?>> commands() throws Exception {
        return TestShell.services().stream().filter(type -> type.isAnnotationPresent(Command.class));
    }

    private static List<Field> options(Class<?> type) {
        List<Field> options = new ArrayList<>();
        for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.isAnnotationPresent(Option.class)) {
                    options.add(field);
                }
            }
        }
        return options;
    }
}
