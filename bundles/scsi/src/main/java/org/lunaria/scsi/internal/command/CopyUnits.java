package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.lunaria.scsi.internal.copy.Cscd;
import org.lunaria.scsi.internal.page.VpdPages;

/**
 * Finds the units that CSCD descriptors name, among those that the nexus sees of the target at that moment. One that it does
 * not see is not told from one that is not there. Immutable.
 *
 * @param here where the copy was sent to
 */
record CopyUnits(Access here, List<Cscd> cscds) {
    private static final int DEVICE_IDENTIFICATION = 0x83;
    private static final int PAGE_HEADER_BYTES = 4;
    private static final int DESIGNATOR_HEADER_BYTES = 4;

    /** The descriptor of an ID; none for the unit that the copy was sent to, and for what is not in the list. */
    Optional<Cscd> descriptor(int id) {
        return id < cscds.size() ? Optional.of(cscds.get(id)) : Optional.empty();
    }

    /**
     * The unit of a CSCD descriptor ID, if the nexus can reach it.
     *
     * @param preferred which access is taken where the nexus sees the unit under several numbers
     */
    Optional<Access> find(int id, Predicate<Access> preferred) {
        if (id == Cscd.THIS_UNIT) {
            return Optional.of(here);
        }
        Optional<Cscd> cscd = descriptor(id);
        if (cscd.isEmpty() || cscd.get().nul() || cscd.get().initiatorPort() != 0) {
            return Optional.empty();
        }
        List<? extends Access> named = here.reachable().stream()
                .filter(access -> isNamed(access, cscd.get()))
                .toList();
        Optional<? extends Access> best = named.stream().filter(preferred).findFirst();
        return best.isPresent()
                ? Optional.of(best.get())
                : named.stream().findFirst().map(access -> access);
    }

    /** Whether a descriptor says of a unit what it is: its device type and its block length, where it says one. */
    boolean isDescribed(int id, Access unit) {
        Optional<Cscd> cscd = descriptor(id);
        Device device = unit.device().orElseThrow();
        return cscd.isEmpty()
                || cscd.get().deviceType() == device.identity().type().code()
                        && (cscd.get().blockBytes() == 0
                                || cscd.get().blockBytes() == device.geometry().blockBytes());
    }

    /** By any of the designators that its Device Identification page has for the logical unit (SPC-4 7.8.6). */
    private static boolean isNamed(Access access, Cscd cscd) {
        Device device = access.device().orElseThrow();
        ByteBuffer page = ByteBuffer.wrap(
                VpdPages.find(DEVICE_IDENTIFICATION, device.identity().type())
                        .orElseThrow()
                        .encode(device, access.port()));
        page.position(PAGE_HEADER_BYTES);
        while (page.remaining() >= DESIGNATOR_HEADER_BYTES) {
            int codeSet = page.get() & 0x0F;
            int kind = page.get() & 0x3F;
            page.get();
            byte[] designator = new byte[page.get() & 0xFF];
            page.get(designator);
            boolean ofUnit = kind >> 4 == 0;
            if (ofUnit
                    && codeSet == cscd.codeSet()
                    && kind == (cscd.association() << 4 | cscd.designatorType())
                    && Arrays.equals(designator, cscd.designator())) {
                return true;
            }
        }
        return false;
    }
}
