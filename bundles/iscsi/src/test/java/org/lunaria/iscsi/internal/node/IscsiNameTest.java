package org.lunaria.iscsi.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IscsiNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iqn.2001-04.com.example",
                "iqn.2001-04.com.example:storage:diskarrays-sn-a8675309",
                "iqn.2001-04.com.example:storage.tape1.sys1.xyz",
                "eui.02004567a425678d",
                "naa.52004567ba64678d",
                "naa.62004567ba64678d0123456789abcdef"
            })
    void theNamesOfTheRfcsExamplesAreNames(String name) {
        assertEquals(Optional.of(name), IscsiName.strict(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "iqn.",
                "disk1",
                "iqn.2001-13.com.example",
                "iqn.2001-04",
                "iqn.2001-04.com.-example",
                "iqn.2001-04.com.example:",
                "iqn.2001-04.com.example:a b",
                "iqn.2001-04.com.example:a_b",
                "eui.02004567a425678",
                "eui.02004567a425678g",
                "naa.52004567ba64678d01"
            })
    void anythingElseIsNoNameForATarget(String name) {
        assertEquals(Optional.empty(), IscsiName.strict(name));
    }

    @Test
    void namesAreComparedInLowerCaseAndNormalizationFormKC() {
        assertEquals(
                Optional.of("iqn.2001-04.com.example:disk1"),
                IscsiName.normalize("IQN.2001-04.com.Example:Disk\uFF11"));
    }

    @Test
    void anInitiatorMayHaveANameThatTheRfcForbids() {
        assertEquals(
                Optional.of("iqn.2008-11.org.linux-kvm:my_machine"),
                IscsiName.normalize("iqn.2008-11.org.linux-kvm:my_machine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iqn.a b", "iqn.a,b", "iqn.\u0000", "iqn.\u202E", "host", "!iqn.a"})
    void whatWouldConfuseAListOrALogIsNoName(String name) {
        assertEquals(Optional.empty(), IscsiName.normalize(name));
    }

    @Test
    void aNameOfMoreThan223BytesIsNone() {
        String prefix = "iqn.2001-04.com.example:";
        assertEquals(
                223, IscsiName.strict(prefix + "a".repeat(199)).orElseThrow().length());
        assertEquals(Optional.empty(), IscsiName.strict(prefix + "a".repeat(200)));
        assertEquals(Optional.empty(), IscsiName.normalize(prefix + "\u00e4".repeat(100)));
    }
}
