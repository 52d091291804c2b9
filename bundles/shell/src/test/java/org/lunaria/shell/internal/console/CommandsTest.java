package org.lunaria.shell.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands print and ask for, each by itself. */
class CommandsTest {
    @RegisterExtension
    private final Typist typist = new Typist();

    @Test
    void jsonHasTheRecordsNamesInTheirOrder() throws Exception {
        List<String> fields = new ArrayList<>();
        new ObjectMapper()
                .readTree(typist.run("session:show 1 --json"))
                .fieldNames()
                .forEachRemaining(fields::add);
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
        assertTrue(typist.run("session:show 1").contains("127.0.0.1:40000, S5 LOGGED_IN"));
        assertTrue(typist.run("volume:show d1 --json").contains("\"copy\" : null"));
        assertTrue(typist.run("session:show 1 --json").contains("\"since\" : \"2026-11-25T00:00:00Z\""));
    }

    @Test
    void aVolumeWhoseBackendKeepsCommandsSaysSo() throws Exception {
        assertTrue(typist.run("volume:show d1").contains("2 commands wait for the backend since 42 s\n"));
    }

    @Test
    void aVolumeTellsWhoServesItWhatFailedLastAndHowLongItWasHeld() throws Exception {
        String shown = typist.run("volume:show d1 --no-format");
        for (String fact : List.of(
                "Provider\torg.lunaria.backend.file 0.1.0, since 1970-01-01T00:00:00Z",
                "Space\t3G taken, 40G left, which others may take",
                "Under way\t3, and 0 wait for a backend",
                "Last failure\t1970-01-01T00:00:00Z: READ at LBA 17: MEDIUM ERROR, UNRECOVERED READ ERROR (bad sector)",
                "Held\t1970-01-01T00:00:00Z for 7 ms")) {
            assertTrue(shown.contains(fact + "\n"), shown);
        }
        JsonNode json = new ObjectMapper().readTree(typist.run("volume:show d1 --json"));
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
                typist.run("appliance:top --once --interval 0.1")
                        .replace('│', '|')
                        .replace('┼', '+')
                        .replace('─', '-'));
    }

    @Test
    void topGivesProgramsADocumentASample() throws Exception {
        try (MappingIterator<JsonNode> samples = new ObjectMapper()
                .readerFor(JsonNode.class)
                .readValues(typist.run("appliance:top --count 3 --interval 0.1 --json"))) {
            List<JsonNode> all = samples.readAll();
            assertEquals(3, all.size());
            assertEquals(1480, all.get(2).at("/volumes/0/latency/p99Micros").asDouble());
            assertEquals("READ", all.get(2).at("/volumes/0/operations/0/kind").asText());
        }
    }

    @Test
    void topRefusesWhatItCannotDo() {
        assertEquals("--interval 0.0: give 0.1 to 3600 seconds.", typist.refusal("appliance:top --interval 0"));
        assertEquals(
                "--count 0: give 1 or more, and not together with --once.", typist.refusal("appliance:top --count 0"));
    }

    @Test
    void statusNamesEveryTrouble() throws Exception {
        assertEquals(
                "Volumes 1, targets 1, portals 1, sessions 1.\n"
                        + "Heap 45 of 512 MiB, direct buffers 9 MiB, threads 40.\nLimit: 1 of 8192 sessions.\n"
                        + "iSNS server isns:3205: registered since 2026-11-26T03:26:53Z, targets 1, portals 2.\n"
                        + "volume d2: It is lost.\n",
                typist.run("appliance:status"));
    }

    @Test
    void aMoveSaysWhereToAndHowFast() throws Exception {
        typist.run("volume:migrate d1 --kind file --set create=false --rate 50M --path /srv/x.img");
        typist.run("volume:swap d1 --kind memory");
        assertEquals(
                List.of(
                        "migrate d1 NewStore[kind=file, size=Optional.empty, path=Optional[/srv/x.img],"
                                + " settings={create=false}] 52428800",
                        "swap d1 NewStore[kind=memory, size=Optional.empty, path=Optional.empty, settings={}] false"),
                typist.appliance().requests);
        assertEquals("give the --kind of the backend to move to, or --cancel.", typist.refusal("volume:migrate d1"));
        assertEquals(
                "Volume d1 stays in its store of kind file. What was copied so far stays in /srv/half.img, which is no"
                        + " volume's any more.\n",
                typist.run("volume:migrate d1 --cancel"));
    }

    @Test
    void aMaskIsToldWithWhatItShowsInVain() throws Exception {
        assertEquals(
                "Target t1 shows iqn.1993-08.org.debian:b lun 0 and 2:ro.\nNo volume is lun 2 of target t1 yet.\n",
                typist.run("target:mask t1 iqn.1993-08.org.debian:b 0 2:ro"));
        assertEquals(List.of("mask t1 iqn.1993-08.org.debian:b [0, 2:ro]"), typist.appliance().requests);
        assertEquals("Target t1 shows any nothing.\n", typist.run("target:mask t1 any none"));
        assertEquals(
                "lun '0:rw': give numbers from 0 to 16383, with :ro behind those that are to be read only, or none alone.",
                typist.refusal("target:mask t1 any 0:rw"));
        assertTrue(typist.run("target:show t1")
                .contains("Mask 1          iqn.1993-08.org.debian:b sees 0 2:ro; no volume is presented as 2\n"));
    }

    @Test
    void aSecretComesFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "correct horse battery\nsecond line\n");
        assertEquals(
                "Account a2 is ready; use it with target:set TARGET auth=mutual accounts=INCOMING,a2.\n",
                typist.run("account:create a2 --user host1 --for outgoing --secret-file " + file));
        typist.session().put(CallersFile.FOLDER, folder.toString());
        typist.run("account:create a2 --user host1 --for outgoing --secret-file secret");
        // As editors of Windows write it.
        Files.writeString(file, "\uFEFFcorrect horse battery\r\n");
        typist.run("account:create a2 --user host1 --for outgoing --secret-file secret");
        String made = "create a2 host1 OUTGOING correct horse battery";
        assertEquals(List.of(made, made, made), typist.appliance().requests);
    }

    @Test
    void aFolderIsNoFile(@TempDir Path folder) {
        assertEquals(
                "file " + folder + " cannot be read (Is a directory); give another, or - for the standard input.",
                typist.refusal("account:create a2 --secret-file " + folder));
    }

    @Test
    void aUserAndASecretAreChangedTogetherOrAlone(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "correct horse battery\nsecond line\n");
        assertEquals(
                "Account a1 has another secret: logins go by it from now on, sessions that are there go on.\n",
                typist.run("account:set a1 --secret-file " + file));
        assertEquals(
                "Account a1 has another user and another secret: logins go by them from now on, sessions that are there"
                        + " go on.\n",
                typist.run("account:set a1 --secret-file " + file + " --user x"));
        assertEquals(
                "Account a1 has another user: logins go by it from now on, sessions that are there go on.\n",
                typist.run("account:set a1 --user x"));
        assertEquals(
                List.of(
                        "set a1 secret correct horse battery",
                        "set a1 user x secret correct horse battery",
                        "set a1 user x"),
                typist.appliance().requests);
    }

    @Test
    void nobodyTypesASecretInVain() {
        assertEquals(
                "account 'nobody' does not exist; account:list shows those that do.",
                typist.refusal("account:set nobody"));
        assertEquals("account 'a1' exists already; choose another name.", typist.refusal("account:create a1"));
        assertEquals("--for both: give incoming or outgoing.", typist.refusal("account:create a2 --for both"));
        assertEquals(List.of(), typist.appliance().requests);
    }

    @Test
    void withoutASecretNothingIsChanged() {
        assertEquals(
                "there is no secret; type one, or give --secret-file FILE, or - for the standard input.",
                typist.refusal("account:set a1"));
        assertEquals(List.of(), typist.appliance().requests);
    }

    @Test
    void withoutASecretNothingIsMade() {
        assertEquals(
                "there is no secret; type one, or give --secret-file FILE, or - for the standard input.",
                typist.refusal("account:create a2"));
        String refused = typist.refusal("account:create a2 --secret-file /nowhere");
        assertEquals(
                "file /nowhere cannot be read (there is no such file or folder); give another name, or - for the standard input.",
                refused);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    target:delete t1         | target t1 has 1 session, which ends; give --yes to delete it.
                    portal:delete default    | portal default has 1 connection, which ends; give --yes to delete it.
                    volume:delete d1 --purge | the data of volume d1, 10G, would be destroyed for good; give --yes to go on.
                    """)
    void whatDestroysOrCutsOffIsConfirmed(String line, String sentence) throws Exception {
        assertEquals(sentence, typist.refusal(line));
        assertEquals(List.of(), typist.appliance().requests);
        assertTrue(typist.run(line + " --yes").endsWith("is deleted.\n"));
        assertEquals(1, typist.appliance().requests.size());
    }

    @Test
    void whatHarmsNobodyIsNotAskedFor() throws Exception {
        typist.run("volume:delete d1");
        typist.run("portal:delete p");
        assertEquals(List.of("delete d1 false", "delete p"), typist.appliance().requests);
    }
}
