package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Profile;

class KnownMediumTest {
    private static final Profile SMALL = new ScriptedBackend().profile();
    private static final Profile LARGE = new ScriptedBackend(2 * ScriptedBackend.CAPACITY).profile();

    private final List<String> told = new ArrayList<>();
    private boolean inUse = true;
    private Optional<String> unusable = Optional.empty();
    private final KnownMedium known = new KnownMedium(new BackendSlot.Listener() {
        @Override
        public Optional<String> refusal(Profile profile) {
            return unusable;
        }

        @Override
        public void changing(long offset, long length) {
            told.add("changing " + offset + "+" + length);
        }

        @Override
        public boolean holdsMedium() {
            return inUse;
        }

        @Override
        public void profileChanged(Profile before, Profile now) {
            told.add(before.capacityBytes() + " to " + now.capacityBytes());
        }
    });

    @Test
    void theFirstBackendMayHaveAnySizeAndIsNoChangeOfTheProfile() {
        assertEquals(Optional.empty(), known.profile());
        assertEquals(Optional.empty(), known.refusal(SMALL));
        known.takeIn(SMALL);
        assertEquals(Optional.of(SMALL), known.profile());
        assertEquals(List.of("changing 0+" + Long.MAX_VALUE), told);
    }

    @Test
    void aSmallerOneIsRefusedOnlyWhileInitiatorsMayUseTheMedium() {
        known.takeIn(LARGE);
        assertEquals(
                Optional.of(
                        "its backend has 1048576 bytes, but initiators were told 2097152: a smaller one would cut off"
                                + " their data"),
                known.refusal(SMALL));
        inUse = false;
        assertEquals(Optional.empty(), known.refusal(SMALL));
    }

    @Test
    void whatTheUnitCannotUseIsRefused() {
        unusable = Optional.of("its blocks are too large");
        assertEquals(unusable, known.refusal(SMALL));
    }

    @Test
    void anotherProfileIsToldAndAnEqualOneIsNot() {
        known.become(SMALL);
        Profile equal = new ScriptedBackend().profile();
        assertTrue(known.isLast(SMALL));
        assertFalse(known.isLast(equal));
        known.become(equal);
        assertTrue(known.isLast(equal));
        assertEquals(List.of(), told);
        known.become(LARGE);
        assertEquals(List.of("1048576 to 2097152"), told);
    }

    @Test
    void whatAVolatileBackendHadOnlyItselfHas() {
        ScriptedBackend gone = volatileBackend();
        known.goes(gone);
        assertTrue(known.missing(new ScriptedBackend()).isPresent());
        assertEquals(Optional.empty(), known.missing(gone));
    }

    @Test
    void anotherThanTheVolatileOneMayComeWhenSomebodyAskedForItOrNobodyUsesTheMedium() {
        known.goes(volatileBackend());
        inUse = false;
        assertEquals(Optional.empty(), known.missing(new ScriptedBackend()));
        inUse = true;
        known.acceptOtherBytes();
        assertEquals(Optional.empty(), known.missing(new ScriptedBackend()));
    }

    @Test
    void nothingIsMissingWhereTheBytesAreKeptOrAnotherBackendWasThereSince() {
        known.goes(new ScriptedBackend());
        assertEquals(Optional.empty(), known.missing(new ScriptedBackend()));
        known.goes(volatileBackend());
        known.takeIn(SMALL);
        assertEquals(Optional.empty(), known.missing(new ScriptedBackend()));
    }

    private static ScriptedBackend volatileBackend() {
        ScriptedBackend backend = new ScriptedBackend();
        backend.isVolatile = true;
        return backend;
    }
}
