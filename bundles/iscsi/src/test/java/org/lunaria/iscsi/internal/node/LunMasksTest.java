package org.lunaria.iscsi.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;

class LunMasksTest {
    private static final String HOST = "iqn.1994-05.com.redhat:host1";
    private static final String OTHER = "iqn.1994-05.com.redhat:host2";
    private static final LunMap LUNS =
            new LunMap(Map.of(0, new Mapping("a", false), 1, new Mapping("b", true), 2, new Mapping("c", false)));

    /** As "0=a 2=c:ro", or "everything". */
    private static String seen(String initiator, String address, String... entries) {
        InetAddress from;
        try {
            from = InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
        Optional<LunMap> seen = LunMasks.of(LUNS, List.of(entries)).seenBy(initiator, from);
        List<String> texts = new ArrayList<>();
        seen.map(LunMap::units)
                .map(TreeMap::new)
                .ifPresent(units -> units.forEach(
                        (lun, mapping) -> texts.add(lun + "=" + mapping.unit() + (mapping.readOnly() ? ":ro" : ""))));
        return seen.isEmpty() ? "everything" : String.join(" ", texts);
    }

    @Test
    void anInitiatorSeesWhatItsEntryListsAndMayWriteWhereTheTargetLetsIt() {
        assertEquals("0=a 2=c:ro", seen(HOST, "10.0.0.1", HOST + "=0+2:ro"));
        assertEquals("1=b:ro", seen(HOST, "10.0.0.1", HOST + "=1"));
        assertEquals("", seen(HOST, "10.0.0.1", HOST + "=none"));
    }

    @Test
    void whoFitsNoEntrySeesEverything() {
        assertEquals("everything", seen(OTHER, "10.0.0.1", HOST + "=0"));
        assertEquals("everything", seen(OTHER, "10.0.0.1"));
    }

    @Test
    void theFirstEntryThatFitsCounts() {
        String[] entries = {HOST + "@10.0.1.0/24=0", "@10.0.0.0/16=1", "iqn.1994-05.com.redhat:*=2", "any=none"};
        assertEquals("0=a", seen(HOST, "10.0.1.1", entries));
        assertEquals("1=b:ro", seen(OTHER, "10.0.1.1", entries));
        assertEquals("2=c", seen(HOST, "10.1.0.1", entries));
        assertEquals("", seen("iqn.2001-04.com.example:host", "fe80::1", entries));
    }

    @Test
    void aNameIsComparedInWhateverCaseItIsWritten() {
        assertEquals("0=a", seen(HOST, "10.0.0.1", HOST.toUpperCase() + "=0"));
    }

    @Test
    void aNumberThatTheTargetDoesNotMapShowsNothing() {
        assertEquals("2=c", seen(HOST, "10.0.0.1", HOST + "=2+7"));
        assertEquals("", seen(HOST, "10.0.0.1", HOST + "=16383"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host1=0",
                "=0",
                HOST,
                HOST + "=",
                HOST + "=x",
                HOST + "=-1",
                HOST + "=16384",
                HOST + "=0:rw",
                HOST + "=0|2",
                HOST + "=0+",
                HOST + "=+0",
                HOST + "=0 2",
                HOST + "=0=2",
                HOST + "=none+0",
                "!" + HOST + "=0",
                "@10.0.0.300=0",
                "@=0"
            })
    void whatIsNoEntryIsRefusedWithAHint(String entry) {
        String hint = assertThrows(IllegalArgumentException.class, () -> LunMasks.of(LUNS, List.of(entry)))
                .getMessage();
        assertTrue(hint.startsWith("'" + entry + "' is none; give INITIATOR=LUN+LUN:ro or INITIATOR=none,"), hint);
    }

    @Test
    void whatCanNeverCountIsRefused() {
        refused(HOST.toUpperCase() + " stands there twice; give it one entry", HOST + "=0", HOST.toUpperCase() + "=1");
        refused("number 2 stands twice in '" + HOST + "=2+0+2:ro'; give it once", HOST + "=2+0+2:ro");
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        String[] many = new String[LunMasks.MAX_ENTRIES + 1];
        for (int index = 0; index < many.length; index++) {
            many[index] = HOST + index + "=0";
        }
        refused("give at most 1024 entries", many);
    }

    private static void refused(String sentence, String... entries) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> LunMasks.of(LUNS, List.of(entries)))
                        .getMessage());
    }
}
