package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.login.Key;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Redirect;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.LunMap;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Range;

class TargetSettingsTest {
    private static final String IQN = "iqn.2026-11.org.lunaria:disk1";

    @Test
    void aNameIsEnoughAndTheRestIsFastAndLetsNobodyIn() {
        TargetNode.Configuration read = read(Map.of());
        assertEquals("disk1", read.name());
        assertEquals(IQN, read.iqn());
        assertEquals(Limits.DEFAULT, read.limits());
        assertEquals(Set.of(), read.portals());
        assertEquals(new LunMap(Map.of()), read.luns());
        assertFalse(read.access().admits("iqn.2001-04.com.example:host", InetAddress.getLoopbackAddress()));
    }

    @Test
    void everyKeyIsRead() {
        TargetNode.Configuration read = read(Map.of(
                "alias", "Disk one",
                "portals", "main, backup",
                "luns", "0=a, 5=b:ro",
                "access", "any",
                "maxBurstLength", "65536",
                "firstBurstLength", "65536",
                "initialR2T", "true"));
        assertEquals("Disk one", read.alias());
        assertEquals(Set.of("main", "backup"), read.portals());
        assertEquals(
                new LunMap(Map.of(0, new LunMap.Mapping("a", false), 5, new LunMap.Mapping("b", true))), read.luns());
        assertTrue(read.access().admits("iqn.2001-04.com.example:host", InetAddress.getLoopbackAddress()));
        assertTrue(read.limits().initialR2T());
    }

    @Test
    void masksSayWhatInitiatorsSee() {
        TargetNode.Configuration read =
                read(Map.of("luns", "0=a, 2=b", "masks", "iqn.2001-04.com.example:host = 2:ro, @127.0.0.0/8=none"));
        InetAddress here = InetAddress.getLoopbackAddress();
        assertEquals(
                new LunMap(Map.of(2, new LunMap.Mapping("b", true))),
                read.seenBy("iqn.2001-04.com.example:host", here));
        assertEquals(new LunMap(Map.of()), read.seenBy("iqn.2001-04.com.example:other", here));
    }

    @Test
    void aRedirectHasAPlaceForEachPortal() {
        Map<String, Redirect> read = read(Map.of(
                        "redirect", "main=permanent:[2001:db8::2]:3261, back-up=temporary:storage.example.com"))
                .redirects()
                .byPortal();
        assertEquals("[2001:db8::2]:3261", read.get("main").targetAddress());
        assertTrue(read.get("main").permanent());
        assertEquals("storage.example.com:3260", read.get("back-up").targetAddress());
        assertFalse(read.get("back-up").permanent());
    }

    @Test
    void whatCannotBeTakenIsRefusedInOneSentence() {
        refused("unknown key adress; known keys are access, accessState, accounts, alias,", Map.of("adress", "any"));
        refused("iqn is not set: give an iSCSI name as iqn.2026-11.org.lunaria:disk1.", Map.of("iqn", ""));
        refused("iqn = disk_1: give an iSCSI name of at most 223 bytes", Map.of("iqn", "disk_1"));
        refused("luns = 0=a,0=b: number 0 stands there twice; give each volume its own.", Map.of("luns", "0=a,0=b"));
        refused("'16384=a' is none; give NUMBER=VOLUME or NUMBER=VOLUME:ro", Map.of("luns", "16384=a"));
        refused("'a' is none", Map.of("luns", "a"));
        refused("'0=a:rw' is none", Map.of("luns", "0=a:rw"));
        refused("access = all: give any, an initiator's name", Map.of("access", "all"));
        refused(
                "masks = host=0: 'host=0' is none; give INITIATOR=LUN+LUN:ro or INITIATOR=none, with numbers from 0 to"
                        + " 16383 and an initiator as in access",
                Map.of("masks", "host=0"));
        for (String bad : List.of(
                "main",
                "main=moved:10.0.0.2",
                "main=permanent:10.0.0.2:0",
                "main=permanent:10.0.0.2:65536",
                "main=permanent:10.0.0.256",
                "main=permanent:10.2",
                "main=permanent:0.0.0.0",
                "main=permanent:2001:db8::2",
                "main=permanent:[10::0::2]")) {
            refused("redirect = " + bad + ": '" + bad + "' is none; give PORTAL=temporary:", Map.of("redirect", bad));
        }
        refused("and no portal group tag.", Map.of("redirect", "main=permanent:10.0.0.2:3260,1"));
        refused("portal a stands there twice", Map.of("redirect", "a=permanent:10.0.0.2,a=temporary:10.0.0.3"));
        refused("maxBurstLength = 100: give a whole number from 512 to 16777215.", Map.of("maxBurstLength", "100"));
        refused(
                "firstBurstLength = 4096: give at most what maxBurstLength says, which is 512.",
                Map.of("maxBurstLength", "512", "firstBurstLength", "4096"));
        refused("auth = maybe: give one of NONE, CHAP, MUTUAL.", Map.of("auth", "maybe"));
        refused("accounts is not set: name the accounts that auth = chap is to go by", Map.of("auth", "chap"));
        refused(
                "chapDigests = SHA-512: give some of MD5, SHA-1, SHA-256, SHA3-256, separated by commas.",
                Map.of("chapDigests", "SHA-512"));
        refused("immediateData = maybe: give true or false.", Map.of("immediateData", "maybe"));
        refused("alias = " + "x".repeat(256) + ": give at most 255 bytes.", Map.of("alias", "x".repeat(256)));
    }

    @Test
    void rangesAreThoseOfTheLoginKeys() throws NoSuchMethodException {
        for (Key key : List.of(
                Key.MAX_BURST_LENGTH,
                Key.FIRST_BURST_LENGTH,
                Key.MAX_OUTSTANDING_R2T,
                Key.DEFAULT_TIME_2_WAIT,
                Key.DEFAULT_TIME_2_RETAIN,
                Key.ERROR_RECOVERY_LEVEL)) {
            String setting = key.text().substring(0, 1).toLowerCase(Locale.ROOT)
                    + key.text().substring(1);
            Range range = TargetConfig.class.getDeclaredMethod(setting).getAnnotation(Range.class);
            assertEquals(key.range(), new Key.Range((int) range.least(), (int) range.most()), setting);
        }
    }

    private static void refused(String sentence, Map<String, Object> changes) {
        String message = assertThrows(InvalidSetting.class, () -> read(changes)).getMessage();
        assertTrue(message.startsWith("org.lunaria.target disk1: "), message);
        assertTrue(message.contains(sentence), message);
    }

    private static TargetNode.Configuration read(Map<String, Object> changes) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "org.lunaria.target~disk1", "iqn", IQN));
        properties.putAll(changes);
        return new TargetSettings(properties).read();
    }
}
