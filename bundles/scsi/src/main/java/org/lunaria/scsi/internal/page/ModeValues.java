package org.lunaria.scsi.internal.page;

import java.util.Arrays;
import java.util.Map;

/** A value for each {@link ModeParameter}. Immutable. */
public final class ModeValues {
    public static final ModeValues ZEROES = new ModeValues(new long[ModeParameter.values().length]);

    /** By ordinal. */
    private final long[] values;

    private ModeValues(long[] values) {
        this.values = values;
    }

    public long get(ModeParameter parameter) {
        return values[parameter.ordinal()];
    }

    public boolean isSet(ModeParameter parameter) {
        return get(parameter) != 0;
    }

    /** The same but for some. */
    public ModeValues with(Map<ModeParameter, Long> changed) {
        long[] next = values.clone();
        changed.forEach((parameter, value) -> next[parameter.ordinal()] = value);
        return new ModeValues(next);
    }

    public ModeValues with(ModeParameter parameter, boolean isSet) {
        return with(Map.of(parameter, isSet ? 1L : 0L));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModeValues that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
