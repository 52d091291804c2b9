package org.lunaria.shell.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.Configuration;

/** Commands on the configuration as a whole: its versions, export and import. */
class ConfigurationCommandsTest {
    @RegisterExtension
    private final Typist typist = new Typist();

    @Test
    void differencesAreALineEachAndTellNoSecret() throws Exception {
        assertEquals("""
                + org.lunaria.account-host1.cfg
                    + secret = ********
                ~ org.lunaria.unit-d1.cfg
                    - readOnly = true
                    + readOnly = false
                """, typist.run("appliance:diff 1 2"));
        assertFalse(typist.run("appliance:diff 1 2 --json").contains("oh"));
        assertEquals(typist.run("appliance:diff 1 2"), typist.run("appliance:diff"));
        assertEquals("They are the same.\n", typist.run("appliance:diff 2"));
    }

    @Test
    void rollbackShowsWhatChangesAndAsks() throws Exception {
        assertEquals("nothing was changed; give --yes to go on.", typist.refusal("appliance:rollback 1"));
        assertTrue(typist.printed().startsWith("target t1 has a flaw.\n- org.lunaria.account-host1.cfg\n"));
        assertTrue(typist.run("appliance:rollback 1 --dry-run").endsWith("+ readOnly = true\nNothing was changed.\n"));
        assertTrue(
                typist.run("appliance:rollback 1 --yes").endsWith("The configuration is what it was in version 1.\n"));
        assertEquals(
                "The configuration is what it was in version 1 already.\n", typist.run("appliance:rollback 1 --yes"));
        assertThrows(CommandException.class, () -> typist.run("appliance:rollback 9"));
    }

    @Test
    void whoDidWhatIsToldWithoutSecrets(@TempDir Path folder) throws Exception {
        typist.session().put("USER", "karaf");
        Path file = Files.writeString(folder.resolve("secret"), "correct horse battery\n");
        typist.run("account:create --json a2 --user host1 --secret-file " + file);
        typist.run("volume:create x --set vendor=A --size 1G --set tls.password=unheard");
        typist.run("target:mask t1 iqn.1993-08.org.debian:b 0 2:ro");
        assertEquals(
                List.of(
                        "karaf: account:create a2 --secret-file " + file + " --user host1",
                        "karaf: volume:create x --set vendor=A --set tls.password=******** --size 1G",
                        "karaf: target:mask t1 iqn.1993-08.org.debian:b 0 2:ro"),
                typist.appliance().history.done);
    }

    @Test
    void exportIsAFileThatIsReplacedOnlyByForceAndIsForItsOwnerWhenItHasSecrets(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.json");
        assertEquals(
                "The configuration is in " + file + ", without secrets.\n", typist.run("appliance:export " + file));
        assertEquals(typist.run("appliance:export"), Files.readString(file));
        assertEquals(typist.run("appliance:export -"), Files.readString(file));
        assertEquals(
                "file " + file + " exists already; give another name, or --force.",
                typist.refusal("appliance:export " + file));
        typist.session().put(CallersFile.FOLDER, folder.toString());
        typist.run("appliance:export --with-secrets a.json --force");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String refused = typist.refusal("appliance:export /nowhere/x");
        assertTrue(refused.startsWith("file /nowhere/x cannot be written ("), refused);
        // Nobody may make a file there, whoever runs this test.
        String forbidden = typist.refusal("appliance:export /sys/x");
        assertTrue(
                forbidden.endsWith("; give a place where user " + System.getProperty("user.name")
                        + " may, or - for the standard output."),
                forbidden);
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
        String shown = typist.run("appliance:import --dry-run " + file);
        assertTrue(shown.contains("+ org.lunaria.account-n.cfg\n    + secret = ********\n    + user = n\n"), shown);
        assertFalse(shown.contains("twelve"), shown);
        assertTrue(shown.endsWith("Nothing was changed.\n"), shown);
        assertEquals("nothing was changed; give --yes to go on.", typist.refusal("appliance:import " + file));
        assertTrue(typist.run("appliance:import --yes " + file)
                .endsWith("The configuration is what the document says.\n"));
        assertEquals("There is nothing to change.\n", typist.run("appliance:import --yes " + file));
        assertFalse(typist.run("appliance:import --dry-run --replace --json " + file)
                .contains("twelve"));
        Files.writeString(file, "{\"formatVersion\": 1}");
        assertEquals("There is nothing to change.\n", typist.run("appliance:import --yes --merge " + file));
        String wiped = typist.run("appliance:import --yes --replace " + file);
        assertTrue(wiped.contains("volume v goes; its data stays in /nowhere/v.img.\n"), wiped);
        assertEquals(Configuration.EMPTY, typist.appliance().history().current());
    }

    @Test
    void importOfWhatIsNoneIsRefusedInASentence(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{\"formatVersion\": 1, \"volume\": {}}");
        assertTrue(typist.refusal("appliance:import " + file).startsWith("unknown key volume; give "));
        assertTrue(typist.refusal("appliance:import /nowhere")
                .startsWith("file /nowhere cannot be read (there is no such file or folder)"));
        assertTrue(typist.refusal("appliance:import --format iet " + file)
                .startsWith("format 'iet': give one of lunaria, gotgt, tgt, lio, ctl, scst."));
        assertEquals(
                "--merge and --replace: give one of them.",
                typist.refusal("appliance:import --merge --replace " + file));
        Files.write(file, new byte[] {(byte) 0xFF});
        assertEquals("file " + file + " is no text in UTF-8.", typist.refusal("appliance:import " + file));
    }

    @Test
    void fileOfAnotherTargetIsImportedWithWhatIsLeftOut(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("targets.conf"),
                "<target iqn.2026-01.com.example:t>\n  backing-store /srv/d.img\n  bs-type rdwr\n</target>\n");
        String shown = typist.run("appliance:import --yes --format tgt " + file);
        assertTrue(shown.contains("targets.conf:3: bs-type: not needed\n"), shown);
        assertTrue(shown.contains("volume d takes what is in /srv/d.img, with its data.\n"), shown);
        assertTrue(shown.contains("    + luns = 1=d\n"), shown);
    }
}
