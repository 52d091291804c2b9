package org.lunaria.exchange.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.Exchange;

class DocumentTest {
    private static final String FILE = "org.lunaria.backend.file";
    private static final String UNIT = "org.lunaria.unit";
    private static final String TARGET = "org.lunaria.target";
    private static final String ACCOUNT = "org.lunaria.account";

    /** Of everything something, and some of it as only a hand writes it. */
    private static final Configuration ALL = Configuration.EMPTY
            .with(
                    FILE,
                    "d1",
                    Map.of("backend.id", "d1", "path", "${karaf.data}/volumes/d1.img", "sizeBytes", "10737418240"))
            .with(UNIT, "d1", Map.of("backend.id", "d1", "serial", "1", "naa", "3000000000000001", "readOnly", "false"))
            .with("org.lunaria.backend.block", "d2.new", Map.of("backend.id", "d2.new", "device", "/dev/x\\{1\\}"))
            .with(UNIT, "d2", Map.of("backend.id", "d2.new", "serial", "2", "naa", "3000000000000002"))
            .with(UNIT, "lost", Map.of("backend.id", "gone", "serial", "3", "naa", "3000000000000003"))
            .with("org.lunaria.backend.memory", "spare", Map.of("backend.id", "spare", "sizeBytes", "1048577"))
            .with(
                    TARGET,
                    "t",
                    Map.of(
                            "iqn", "iqn.2026-11.org.lunaria:t",
                            "luns", "0=d1, 1=d2:ro",
                            "access", "any,!@10.0.0.0/8",
                            "masks", "iqn.a:b=0+1:ro,any=none",
                            "redirect", "p=temporary:10.0.0.2:3260",
                            "auth", "chap",
                            "accounts", "a",
                            "maxBurstLength", "0262144"))
            .with("org.lunaria.portal", "p", Map.of("address", "::", "port", "3260"))
            .with(ACCOUNT, "a", Map.of("user", "a", "secret", "br\\\\ace\\{d ${x}"))
            .with("org.lunaria.iscsi", "", Map.of("bufferBytes", "268435456"))
            .with("org.lunaria.isns", "", Map.of("servers", "a,b:3205"))
            .with("org.lunaria.foo", "", Map.of("key", "value"));

    private final Exchange exchange = new Exchange(new MetatypeCatalog(), new Random(1));

    @Test
    void documentReadsAsPeopleWriteIt() {
        assertEquals("""
                {
                  "formatVersion": 1,
                  "volumes": {
                    "d1": {
                      "kind": "file",
                      "backend": {
                        "path": "${karaf.data}/volumes/d1.img",
                        "sizeBytes": "10G"
                      },
                      "serial": "1",
                      "naa": "3000000000000001",
                      "readOnly": false
                    },
                    "d2": {
                      "kind": "block",
                      "backendId": "d2.new",
                      "backend": {
                        "device": "/dev/x{1}"
                      },
                      "serial": "2",
                      "naa": "3000000000000002"
                    },
                    "lost": {
                      "backendId": "gone",
                      "serial": "3",
                      "naa": "3000000000000003"
                    }
                  },
                  "targets": {
                    "t": {
                      "iqn": "iqn.2026-11.org.lunaria:t",
                      "luns": {
                        "0": "d1",
                        "1": "d2:ro"
                      },
                      "access": [ "any", "!@10.0.0.0/8" ],
                      "auth": "chap",
                      "accounts": [ "a" ],
                      "masks": [ {
                        "initiator": "iqn.a:b",
                        "luns": [ 0, "1:ro" ]
                      }, {
                        "initiator": "any",
                        "luns": []
                      } ],
                      "maxBurstLength": "0262144",
                      "redirect": {
                        "p": "temporary:10.0.0.2:3260"
                      }
                    }
                  },
                  "portals": {
                    "p": {
                      "address": "::",
                      "port": 3260
                    }
                  },
                  "accounts": {
                    "a": {
                      "user": "a"
                    }
                  },
                  "transport": {
                    "bufferBytes": "256M"
                  },
                  "isns": {
                    "servers": [ "a", "b:3205" ]
                  },
                  "backends": [ {
                    "kind": "memory",
                    "backendId": "spare",
                    "backend": {
                      "sizeBytes": 1048577
                    }
                  } ],
                  "others": {
                    "org.lunaria.foo": {
                      "": {
                        "key": "value"
                      }
                    }
                  }
                }
                """, exchange.write(ALL, false));
    }

    @Test
    void whatIsWrittenAndReadIsTheSame() {
        assertEquals(ALL, read(exchange.write(ALL, false), ALL, Mode.REPLACE).wanted());
        assertEquals(ALL, read(exchange.write(ALL, false), ALL, Mode.MERGE).wanted());
    }

    @Test
    void whatIsWrittenWithSecretsMakesTheSameOfAnEmptyAppliance() {
        String document = exchange.write(ALL, true);
        Configuration copy = read(document, Configuration.EMPTY, Mode.REPLACE).wanted();
        assertEquals(document, exchange.write(created(copy), true));
        assertEquals(ALL.instances(ACCOUNT), copy.instances(ACCOUNT));
        assertEquals("true", copy.instances(FILE).get("d1").get("create"));
    }

    @Test
    void secretsAreNotWrittenAndThoseThatAreThereStay() {
        String document = exchange.write(ALL, false);
        assertFalse(document.contains("ace"), document);
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> read(document, Configuration.EMPTY, Mode.REPLACE));
        assertTrue(
                refused.getMessage().startsWith("accounts.a: there is no secret for this new account;"),
                refused.getMessage());
    }

    @Test
    void secretMeansItselfInTheDocument() {
        String document = "{\"formatVersion\": 1, \"accounts\": {\"a\": {\"secret\": \"a{b\\\\c}d\"}}}";
        Configuration wanted = read(document, Configuration.EMPTY, Mode.MERGE).wanted();
        assertEquals("a\\{b\\\\c\\}d", wanted.instances(ACCOUNT).get("a").get("secret"));
    }

    @Test
    void littleSufficesForAVolumeAndATarget() {
        Reading reading = read("""
                {"formatVersion": 1, // as small as it gets
                 "volumes": {"v": {"kind": "file", "backend": {"sizeBytes": "1G"}}},
                 "targets": {"t": {"luns": {"0": "v", "1": "w"}}}}
                """, ALL, Mode.MERGE);
        SortedMap<String, String> unit = reading.wanted().instances(UNIT).get("v");
        assertTrue(unit.get("naa").matches("3[0-9a-f]{15}"), unit.toString());
        assertEquals(
                Map.of(
                        "backend.id", "v",
                        "path", "${karaf.data}/volumes/v.img",
                        "sizeBytes", "1073741824",
                        "create", "true"),
                reading.wanted().instances(FILE).get("v"));
        assertEquals(
                "iqn.2026-11.org.lunaria:t",
                reading.wanted().instances(TARGET).get("t").get("iqn"));
        assertEquals(
                List.of(
                        "volume v gets a new serial and naa, since none is given; another each time that this is read.",
                        "target t has volume w, which there is not; nobody sees it."),
                reading.remarks().stream().map(Remark::text).toList());
        Configuration after = created(reading.wanted());
        assertEquals(after, read("""
                                {"formatVersion": 1,
                                 "volumes": {"v": {"kind": "file", "backend": {"sizeBytes": "1G"}}},
                                 "targets": {"t": {"luns": {"0": "v", "1": "w"}}}}
                                """, after, Mode.MERGE).wanted());
    }

    @Test
    void whatTheDocumentDoesNotMentionStaysOrGoes() {
        assertEquals(ALL, read("{\"formatVersion\": 1}", ALL, Mode.MERGE).wanted());
        assertEquals(
                Configuration.EMPTY,
                read("{\"formatVersion\": 1}", ALL, Mode.REPLACE).wanted());
    }

    @Test
    void volumeThatMovesToAnotherKindLeavesItsBackendBehind() {
        Configuration wanted = read(
                        "{\"formatVersion\": 1, \"volumes\": {\"d1\": {\"kind\": \"block\", \"backend\":"
                                + " {\"device\": \"/dev/y\"}}}}",
                        ALL,
                        Mode.MERGE)
                .wanted();
        assertTrue(wanted.instances(FILE).isEmpty());
        assertEquals("1", wanted.instances(UNIT).get("d1").get("serial"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | the document is no JSON object.",
                "{ | the document cannot be read: it is no JSON in line 1, column 2.",
                "{} {} | the document cannot be read: it is no JSON in line 1, column 4.",
                "{} | formatVersion is not set: give 1, which is all that this program knows.",
                "{'formatVersion': 2} | formatVersion = 2: give 1, which is all that this program knows.",
                "{'formatVersion': 1, 'formatVersion': 1} | the document cannot be read: a key stands there twice in line 1,"
                        + " column 37.",
                "{'formatVersion': 1, 'volume': {}} | unknown key volume; give $schema, formatVersion, backends, others,"
                        + " volumes, targets, portals, accounts, transport, isns.",
                "{'formatVersion': 1, 'volumes': []} | volumes: give an object, in braces.",
                "{'formatVersion': 1, 'volumes': {'d1': {}}} | volumes.d1: give its kind, such as file.",
                "{'formatVersion': 1, 'volumes': {'d1': {'kind': 'memory', 'backend': {'sise': 1}}}} | volumes.d1.backend:"
                        + " unknown key sise; give discardWrites, sizeBytes.",
                "{'formatVersion': 1, 'volumes': {'d1': {'kind': 'file', 'readOnly': 1}}} | volumes.d1.readOnly = 1: give"
                        + " true or false.",
                "{'formatVersion': 1, 'portals': {'p': {'port': 3260.5}}} | portals.p.port = 3260.5: give a whole number.",
                "{'formatVersion': 1, 'accounts': {'p': {'secret': 123456789012}}} | accounts.p.secret: give text.",
                "{'formatVersion': 1, 'targets': {'t': {'access': 'any', 'luns': ['d1']}}} | targets.t.luns = [`d1`]: give an"
                        + " object such as {`0`: `VOLUME`, `1`: `OTHER:ro`}.",
                "{'formatVersion': 1, 'backends': {}} | backends: give a list of objects.",
                "{'formatVersion': 1, 'backends': [{'kind': 'file'}]} | backends[0]: give its backendId.",
                "{'formatVersion': 1, 'others': {'org.lunaria.backend.file': {'x': {}}}} |"
                        + " others.org.lunaria.backend.file.x: give backends with their volumes, or under backends."
            })
    void documentThatIsNoneIsRefusedWithPathAndKey(String document, String sentence) {
        ApplianceException refused = assertThrows(
                ApplianceException.class, () -> read(document.replace('\'', '"'), Configuration.EMPTY, Mode.MERGE));
        assertEquals(sentence.replace('`', '"'), refused.getMessage());
    }

    private Reading read(String document, Configuration present, Mode mode) {
        return exchange.read(document, Format.LUNARIA, present, mode);
    }

    /** As it is when it was applied: what was to be made is made. */
    private static Configuration created(Configuration wanted) {
        Configuration changed = wanted;
        for (Map.Entry<String, SortedMap<String, String>> file :
                wanted.instances(FILE).entrySet()) {
            file.getValue();
            java.util.TreeMap<String, String> values = new java.util.TreeMap<>(file.getValue());
            values.remove("create");
            changed = changed.with(FILE, file.getKey(), values);
        }
        return changed;
    }
}
