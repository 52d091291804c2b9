package org.lunaria.iscsi.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessListTest {
    private static final String HOST = "iqn.2001-04.com.example:host";
    private static final String OTHER = "iqn.2001-04.com.example:other";

    private static final InetAddress HERE = address("10.1.2.3");

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEmptyListAdmitsNobody() {
        assertFalse(AccessList.of(List.of()).admits(HOST, HERE));
    }

    @Test
    void anyAdmitsEverybody() {
        assertTrue(AccessList.of(List.of("any")).admits(HOST, HERE));
    }

    @Test
    void aNameAdmitsItsBearerInWhateverCaseItIsWritten() {
        AccessList list = AccessList.of(List.of("iqn.2001-04.com.Example:HOST"));
        assertTrue(list.admits(HOST, HERE));
        assertFalse(list.admits(OTHER, HERE));
    }

    @Test
    void aDenialWinsOverAnyAndOverTheNameWhereverItStands() {
        AccessList list = AccessList.of(List.of("!" + HOST, "any", HOST));
        assertFalse(list.admits(HOST, HERE));
        assertTrue(list.admits(OTHER, HERE));
    }

    @Test
    void anEntryThatIsNoNameIsRefusedWithAHint() {
        String hint = assertThrows(IllegalArgumentException.class, () -> AccessList.of(List.of("everyone")))
                .getMessage();
        assertEquals(
                "give any, an initiator's name (iqn., eui. or naa.; * and ? stand for other characters), @ and a network,"
                        + " NAME@NETWORK, or ! and one of them to deny it; 'everyone' is none of them",
                hint);
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> AccessList.of(Collections.nCopies(AccessList.MAX_ENTRIES + 1, "any")));
    }

    @Test
    void aPatternAdmitsTheNamesThatFit() {
        AccessList list = AccessList.of(List.of("iqn.2001-04.com.example:h*", "!iqn.2001-04.com.example:h??t"));
        assertTrue(list.admits("iqn.2001-04.com.example:house", HERE));
        assertTrue(list.admits("iqn.2001-04.com.example:h", HERE));
        assertFalse(list.admits(HOST, HERE));
        assertFalse(list.admits(OTHER, HERE));
        assertFalse(list.admits("iqn.2001-04xcom.example:house", HERE));
    }

    @Test
    void aNetworkAdmitsWhoComesFromIt() {
        AccessList list = AccessList.of(List.of("@10.1.2.0/23", "@fe80::/10", "!@10.1.3.7"));
        assertTrue(list.admits(HOST, HERE));
        assertTrue(list.admits(HOST, address("10.1.3.255")));
        assertFalse(list.admits(HOST, address("10.1.3.7")));
        assertFalse(list.admits(HOST, address("10.1.4.0")));
        assertTrue(list.admits(HOST, address("febf::1")));
        assertFalse(list.admits(HOST, address("fec0::1")));
        assertTrue(AccessList.of(List.of("@0.0.0.0/0")).admits(HOST, HERE));
        assertFalse(AccessList.of(List.of("@0.0.0.0/0")).admits(HOST, address("::1")));
    }

    @Test
    void bothHaveToFitWhereBothAreGiven() {
        AccessList list = AccessList.of(List.of(HOST + "@10.1.2.3", "any@10.9.0.0/16"));
        assertTrue(list.admits(HOST, HERE));
        assertFalse(list.admits(HOST, address("10.1.2.4")));
        assertFalse(list.admits(OTHER, HERE));
        assertTrue(list.admits(OTHER, address("10.9.1.1")));
    }

    @Test
    void aNameMayHoldAnAtSign() {
        assertTrue(AccessList.of(List.of("iqn.2001-04.com.example:a@b")).admits("iqn.2001-04.com.example:a@b", HERE));
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        for (String entry : List.of("@", "@10.1.2", "@10.1.2.3/33", "@10.1.2.300", "@fe80::/129", "@host", "!", "")) {
            assertThrows(IllegalArgumentException.class, () -> AccessList.of(List.of(entry)), entry);
        }
    }

    @Test
    void anAddressIsReadAsItStandsAndNeverLookedUpAsAName() {
        for (String entry : List.of(
                "@010.1.1.1",
                "@10.1.1.01",
                "@10.1.2.256",
                "@fe80::1%1",
                "@.:1",
                "@::ffff:010.1.1.1",
                "@fe80:",
                HOST + "@10.1.2.300",
                HOST + "@10.1.2.0/33",
                HOST + "@010.1.1.1")) {
            assertThrows(IllegalArgumentException.class, () -> AccessList.of(List.of(entry)), entry);
        }
        assertTrue(AccessList.of(List.of("@::ffff:10.1.2.3")).admits(HOST, HERE));
        assertTrue(AccessList.of(List.of("@255.0.10.100")).admits(HOST, address("255.0.10.100")));
    }
}
