package org.lunaria.iscsi.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessListTest {
    private static final String HOST = "iqn.2001-04.com.example:host";
    private static final String OTHER = "iqn.2001-04.com.example:other";

    @Test
    void anEmptyListAdmitsNobody() {
        assertFalse(AccessList.of(List.of()).admits(HOST));
    }

    @Test
    void anyAdmitsEverybody() {
        assertTrue(AccessList.of(List.of("any")).admits(HOST));
    }

    @Test
    void aNameAdmitsItsBearerInWhateverCaseItIsWritten() {
        AccessList list = AccessList.of(List.of("iqn.2001-04.com.Example:HOST"));
        assertTrue(list.admits(HOST));
        assertFalse(list.admits(OTHER));
    }

    @Test
    void aDenialWinsOverAnyAndOverTheNameWhereverItStands() {
        AccessList list = AccessList.of(List.of("!" + HOST, "any", HOST));
        assertFalse(list.admits(HOST));
        assertTrue(list.admits(OTHER));
    }

    @Test
    void anEntryThatIsNoNameIsRefusedWithAHint() {
        String hint = assertThrows(IllegalArgumentException.class, () -> AccessList.of(List.of("everyone")))
                .getMessage();
        assertEquals(
                "give any, an initiator's name (iqn., eui. or naa.), or ! and a name to deny it; 'everyone' is none of them",
                hint);
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> AccessList.of(Collections.nCopies(AccessList.MAX_ENTRIES + 1, "any")));
    }
}
