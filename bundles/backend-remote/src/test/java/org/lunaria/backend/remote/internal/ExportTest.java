package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Profile;

class ExportTest {
    private static final int WRITABLE = Nbd.HAS_FLAGS | Nbd.SEND_FLUSH;
    private static final Optional<Profile> NOTHING = Optional.empty();

    @Test
    void aVolumeHasTheWholeBlocksOfTheExport() throws Refusal {
        assertEquals(
                1 << 20,
                export((1 << 20) + 511, 1, WRITABLE)
                        .profileAfter(NOTHING, false)
                        .capacityBytes());
        assertEquals(
                4096,
                export(1 << 20, 4096, WRITABLE).profileAfter(NOTHING, false).blockBytes());
    }

    @Test
    void withoutABlockThereIsNoVolume() {
        assertRefused("the export has no bytes", export(511, 1, WRITABLE), NOTHING, false);
        assertRefused("the export has no bytes", export(4095, 4096, WRITABLE), NOTHING, false);
    }

    @Test
    void oneThatIsInUseKeepsItsBlocksAndAllItsBytes() throws Refusal {
        Optional<Profile> before = Optional.of(export(1 << 20, 1, WRITABLE).profileAfter(NOTHING, false));
        assertRefused(
                "the export has 524288 bytes in blocks of 512 now, and had 1048576 in blocks of 512",
                export(1 << 19, 1, WRITABLE),
                before,
                false);
        assertRefused(
                "the export has 1048576 bytes in blocks of 4096 now, and had 1048576 in blocks of 512",
                export(1 << 20, 4096, WRITABLE),
                before,
                false);
        assertEquals(
                1 << 21,
                export(1 << 21, 1, WRITABLE).profileAfter(before, false).capacityBytes());
    }

    @Test
    void whatHasNotChangedIsTheSameObject() throws Refusal {
        Profile before = export(1 << 20, 1, WRITABLE).profileAfter(NOTHING, false);
        assertSame(before, export(1 << 20, 1, WRITABLE).profileAfter(Optional.of(before), true));
    }

    @Test
    void theRightToWriteMayGoUnlessSomethingIsToBeWrittenAgain() throws Refusal {
        Export readOnly = export(1 << 20, 1, Nbd.HAS_FLAGS | Nbd.READ_ONLY);
        Optional<Profile> before = Optional.of(export(1 << 20, 1, WRITABLE).profileAfter(NOTHING, false));
        assertEquals(false, readOnly.profileAfter(before, false).can(Capability.WRITE));
        assertRefused(
                "the export cannot be written to any more, and what was written is not durable",
                readOnly,
                before,
                true);
    }

    private static void assertRefused(String reason, Export export, Optional<Profile> before, boolean owes) {
        assertEquals(
                reason,
                assertThrows(Refusal.class, () -> export.profileAfter(before, owes))
                        .getMessage());
    }

    private static Export export(long sizeBytes, int minimumBytes, int flags) {
        return new Export(sizeBytes, flags, minimumBytes, 4096, 1 << 25, true, Export.NO_CONTEXT);
    }
}
