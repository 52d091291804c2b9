package org.lunaria.scsi.internal.page;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lunaria.backend.BlockBackend.Space;

/**
 * A log page (SPC-4 7.3). Immutable.
 *
 * @param code PAGE CODE
 * @param subpage SUBPAGE CODE
 * @param presence which units have it
 * @param defaults the values of its counters after a reset; empty for a page of lists, which has no counters
 * @param tellsSpace whether it is made of what the unit's store takes, which has to be asked for
 * @param body what follows the header: parameters in ascending order of their codes, but for the pages that list pages
 */
public record LogPage(
        int code,
        int subpage,
        String name,
        Predicate<DescribedUnit> presence,
        Optional<byte[]> defaults,
        boolean tellsSpace,
        BiFunction<DescribedUnit, Optional<Space>, byte[]> body) {
    private static final int HEADER_BYTES = 4;

    /** Disable save: nothing of it is kept over a loss of power. */
    private static final int DS = 0x80;

    private static final int SPF = 0x40;

    private static final BitField PARAMETER_CODE = BitField.bytes(0, 2);
    private static final int PARAMETER_LENGTH = 3;
    private static final int PARAMETER_HEADER_BYTES = 4;

    /** A page that all units have, and that needs to know nothing more. */
    LogPage(int code, int subpage, String name, Function<DescribedUnit, byte[]> body) {
        this(code, subpage, name, unit -> true, Optional.empty(), false, (unit, space) -> body.apply(unit));
    }

    /** A page of what the store takes. */
    static LogPage ofSpace(
            int code, String name, Predicate<DescribedUnit> presence, BiFunction<DescribedUnit, Space, byte[]> body) {
        return new LogPage(
                code,
                0,
                name,
                presence,
                Optional.empty(),
                true,
                (unit, space) -> body.apply(unit, space.orElseThrow()));
    }

    /** A page of counters. */
    static LogPage ofCounters(int code, String name, Function<CommandStatistics, byte[]> body) {
        return new LogPage(
                code,
                0,
                name,
                unit -> true,
                Optional.of(body.apply(CommandStatistics.ZERO)),
                false,
                (unit, space) -> body.apply(unit.statistics()));
    }

    /** The page with the values of counters after a reset. */
    public LogPage withDefaults() {
        return new LogPage(
                code, subpage, name, presence, defaults, tellsSpace, (unit, space) -> defaults.orElseThrow());
    }

    /**
     * The page of a unit, with its header.
     *
     * @param space for a page that tells it
     * @param parameterPointer the least code of a parameter that is to be in it
     * @return empty when no parameter has that code or a greater one
     */
    public Optional<byte[]> encode(DescribedUnit unit, Optional<Space> space, int parameterPointer) {
        byte[] all = body.apply(unit, space);
        int from = parameterPointer == 0 ? 0 : find(all, parameterPointer);
        if (parameterPointer > 0 && from >= all.length) {
            return Optional.empty();
        }
        byte[] page = new byte[HEADER_BYTES + all.length - from];
        page[0] = (byte) (DS | (subpage == 0 ? 0 : SPF) | code);
        page[1] = (byte) subpage;
        BitField.bytes(2, 2).put(page, page.length - HEADER_BYTES);
        System.arraycopy(all, from, page, HEADER_BYTES, all.length - from);
        return Optional.of(page);
    }

    /** Where the first parameter is that has a code or a greater one; the end if there is none. */
    private int find(byte[] parameters, int parameterCode) {
        int at = 0;
        while (code != 0 && at < parameters.length) {
            byte[] header = Arrays.copyOfRange(parameters, at, at + PARAMETER_HEADER_BYTES);
            if (PARAMETER_CODE.get(header) >= parameterCode) {
                return at;
            }
            at += PARAMETER_HEADER_BYTES + (header[PARAMETER_LENGTH] & 0xFF);
        }
        return parameters.length;
    }
}
