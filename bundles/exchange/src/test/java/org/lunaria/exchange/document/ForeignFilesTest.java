package org.lunaria.exchange.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.Exchange;

/** What becomes of the files of others; they lie in {@code foreign}, and beside each what comes of it. */
class ForeignFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/foreign");

    private static final Configuration PORTAL = Configuration.EMPTY.with(
            "org.lunaria.portal", "default", Map.of("address", "127.0.0.1", "port", "3260", "tag", "1"));

    private final Exchange exchange = new Exchange(new MetatypeCatalog(), new Random(1));

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(Format.GOTGT, "gotgt.json"),
                Arguments.of(Format.GOTGT, "gotgt-more.json"),
                Arguments.of(Format.TGT, "targets.conf"),
                Arguments.of(Format.TGT, "targets-example.conf"),
                Arguments.of(Format.LIO, "saveconfig.json"),
                Arguments.of(Format.LIO, "saveconfig-quickstart.json"),
                Arguments.of(Format.LIO, "saveconfig-targetcli.json"),
                Arguments.of(Format.CTL, "ctl.conf"),
                Arguments.of(Format.CTL, "ctl-ucl.conf"),
                Arguments.of(Format.SCST, "scst.conf"),
                Arguments.of(Format.SCST, "scst-example.conf"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileIsCarriedOverAndWhatIsNotIsListed(Format format, String name) throws IOException {
        Reading reading = read(format, name, PORTAL);
        String found = reading.remarks().stream()
                        .map(remark -> remark.text(name) + "\n")
                        .collect(Collectors.joining()) + "\n" + exchange.write(reading.wanted(), true);
        Path expected = FOLDER.resolve(name + ".expected");
        if (Boolean.getBoolean("foreign.write")) {
            Files.writeString(expected, found);
        }
        assertEquals(Files.readString(expected), found);
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileThatIsReadTwiceChangesNothingTheSecondTime(Format format, String name) throws IOException {
        Configuration once = read(format, name, PORTAL).wanted();
        assertEquals(once, read(format, name, once).wanted());
    }

    @ParameterizedTest
    @MethodSource("files")
    void remarksTellNoSecret(Format format, String name) throws IOException {
        String remarks = read(format, name, PORTAL).remarks().toString();
        for (String secret : new String[] {
            "secretpass",
            "short",
            "mutualsecret",
            "not told",
            "twelve bytes",
            "12char",
            "a long",
            "secretsecret",
            "another \"#",
            "c2VjcmV0",
            "hash-in",
            "a-secret-of"
        }) {
            assertFalse(remarks.contains(secret), name + " tells " + secret);
        }
    }

    @Test
    void secretsAreTakenOverToTheLetter() throws IOException {
        Configuration tgt = read(Format.TGT, "targets.conf", PORTAL).wanted();
        assertEquals("c2VjcmV0c2VjcmV0Cg==", secret(tgt, "base64"));
        assertEquals("a#hash-in-a-secret", secret(tgt, "hashed"));
        assertEquals(
                "12char#secret2", secret(read(Format.SCST, "scst.conf", PORTAL).wanted(), "fred"));
    }

    /** scstadmin, readConfigFile: a comment takes the character in front of it along. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename /srv/d.img # c | /srv/d.img",
                "filename /srv/d.img# c | /srv/d.im",
                "filename /srv/d\\#1.img | /srv/d#1.img",
                "filename \"/srv/d\\#1.img\" # c | /srv/d#1.img",
                "filename /srv/d;1.img | /srv/d;1.img",
                "#filename /srv/d.img\\nfilename /srv/e.img | /srv/e.img"
            })
    void hashBeginsACommentWhereItDoesForScst(String line, String path) {
        String text = "HANDLER vdisk_fileio {\nDEVICE d {\n" + line.replace("\\n", "\n") + "\n}\n}\n";
        assertEquals(path, onlyPath(text, Format.SCST));
    }

    /** ctld's token.l: a hash ends a word, unless that is in quotation marks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"path /srv/d.img#c | /srv/d.img", "path \"/srv/d#1.img\" # c | /srv/d#1.img"})
    void hashBeginsACommentWhereItDoesForCtld(String line, String path) {
        assertEquals(path, onlyPath("target iqn.2026-11.org.example:x {\nlun 0 {\n" + line + "\n}\n}\n", Format.CTL));
    }

    private String onlyPath(String text, Format format) {
        Map<String, ?> stores =
                exchange.read(text, format, PORTAL, Mode.MERGE).wanted().instances("org.lunaria.backend.file");
        assertEquals(1, stores.size(), stores.toString());
        return ((Map<?, ?>) stores.values().iterator().next()).get("path").toString();
    }

    private static String secret(Configuration configuration, String account) {
        return configuration.instances("org.lunaria.account").get(account).get("secret");
    }

    @Test
    void whatIsTakenOverIsNeverMadeAnew() throws IOException {
        Configuration wanted = read(Format.GOTGT, "gotgt.json", PORTAL).wanted();
        assertEquals(
                new TreeMap<>(Map.of("backend.id", "disk", "path", "/var/tmp/disk.img")),
                wanted.instances("org.lunaria.backend.file").get("disk"));
        assertEquals(PORTAL.instances("org.lunaria.portal"), wanted.instances("org.lunaria.portal"));
    }

    @Test
    void volumeOfAnotherThatHasTheNameKeepsIt() throws IOException {
        Configuration present = PORTAL.with(
                        "org.lunaria.backend.file", "disk", Map.of("backend.id", "disk", "path", "/srv/other.img"))
                .with(
                        "org.lunaria.unit",
                        "disk",
                        Map.of("backend.id", "disk", "serial", "1", "naa", "3000000000000001"));
        Configuration wanted = read(Format.GOTGT, "gotgt.json", present).wanted();
        assertEquals(
                "/srv/other.img",
                wanted.instances("org.lunaria.backend.file").get("disk").get("path"));
        assertEquals(
                "/var/tmp/disk.img",
                wanted.instances("org.lunaria.backend.file").get("disk-2").get("path"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CTL | target x { | line 1: a brace is not closed.",
                "CTL | } | line 1: there is a brace too many.",
                "CTL | lun { x { | line 1: a brace is not closed.",
                "CTL | lun { } } | line 1: there is a brace too many.",
                "CTL | lun { x { path = \"/x } } | line 1: a quotation mark is not closed.",
                "CTL | lun { x { path = } } | line 1: a value is expected.",
                "SCST | IncomingUser \"a b#c\" | line 1: a quotation mark is not closed; a # that begins no"
                        + " comment has a backslash in front.",
                "SCST | { } | line 1: a brace stands where none can.",
                "TGT | <target x> | line 1: target is not closed.",
                "TGT | </target> | line 1: target is not open here.",
                "LIO | { | the document cannot be read: it is no JSON in line 1, column 2."
            })
    void fileThatIsTornIsRefusedWithItsLine(Format format, String text, String sentence) {
        ApplianceException refused = assertThrows(
                ApplianceException.class, () -> exchange.read(text, format, Configuration.EMPTY, Mode.MERGE));
        assertEquals(sentence, refused.getMessage());
    }

    @Test
    void anythingIsReadWithoutHarm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] words = {
            "target",
            "{",
            "}",
            "\n",
            "lun",
            "0",
            "<target x>",
            "</target>",
            "\"",
            "[",
            "]",
            ":",
            "=",
            ",",
            "path",
            "/x",
            "#",
            " "
        };
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(30); word > 0; word--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            for (Format format : Format.values()) {
                try {
                    exchange.read(text.toString(), format, Configuration.EMPTY, Mode.MERGE);
                } catch (ApplianceException e) {
                    assertTrue(e.getMessage().endsWith("."), e.getMessage());
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", " + format + ": " + text, e);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileThatIsTakenForAnothersIsRefusedWithItsFormat(Format format, String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        for (Format wrong : Format.values()) {
            if (wrong != format) {
                assertEquals(lookingLike(format), refusal(text, wrong), name + " as " + wrong);
            }
        }
    }

    private static String lookingLike(Format format) {
        return switch (format) {
            case LUNARIA -> "the file looks like a document of this appliance; give --format lunaria.";
            case GOTGT -> "the file looks like gotgt's config.json; give --format gotgt.";
            case TGT -> "the file looks like tgt's targets.conf; give --format tgt.";
            case LIO -> "the file looks like the saveconfig.json of targetcli; give --format lio.";
            case CTL -> "the file looks like FreeBSD's ctl.conf; give --format ctl.";
            case SCST -> "the file looks like SCST's scst.conf; give --format scst.";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TGT | include /etc/tgt/conf.d/*.conf",
                "LIO | { \"fabric_modules\": [], \"storage_objects\": [",
                "CTL | lun { }",
                "CTL | { \"portal-group\": { \"pg0\": { } } }",
                "LUNARIA | { \"formatVersion\": 1 }"
            })
    void smallAndTornFilesAreKnownToo(Format format, String text) {
        for (Format wrong : Format.values()) {
            if (wrong != format) {
                assertEquals(lookingLike(format), refusal(text, wrong), text + " as " + wrong);
            }
        }
    }

    /** What nobody's file is, and what is its own format's, is refused for what is wrong with it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "root:x:0:0 | the document cannot be read: it is no JSON in line 1, column 1.",
                "{ \"volumes\": { | the document cannot be read: it is no JSON in line 1, column 15.",
                "{ \"targets\": {} } | formatVersion is not set: give 1, which is all that this program knows.",
                "{ \"formatVersion\": 1, \"storages\": {} } | unknown key storages; give $schema, formatVersion, backends,"
                        + " others, volumes, targets, portals, accounts, transport, isns."
            })
    void whatNobodyKnowsIsNotGuessed(String text, String sentence) {
        assertEquals(sentence, refusal(text, Format.LUNARIA));
    }

    private String refusal(String text, Format format) {
        return assertThrows(
                        ApplianceException.class, () -> exchange.read(text, format, Configuration.EMPTY, Mode.MERGE))
                .getMessage();
    }

    private Reading read(Format format, String name, Configuration present) throws IOException {
        return exchange.read(Files.readString(FOLDER.resolve(name)), format, present, Mode.MERGE);
    }
}
