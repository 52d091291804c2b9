package org.lunaria.scsi.internal.unit;

import java.util.Locale;
import java.util.regex.Pattern;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.Identity;
import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.slot.Policy;
import org.lunaria.scsi.internal.slot.Policy.WhenGone;
import org.lunaria.settings.Settings;

/**
 * How a logical unit is to be. Immutable.
 *
 * @param name of the unit, which targets map it by
 * @param backendId which backend holds its bytes
 * @param blockBytes logical block length
 * @param taskAbortedStatus whether what another initiator aborts is answered TASK ABORTED
 * @param policy for commands while no backend is there
 * @param spaceThresholdBytes of what is left for it, from which on initiators are told; 0 for never
 */
record UnitSettings(
        String name,
        String backendId,
        Identity identity,
        int blockBytes,
        boolean readOnly,
        boolean writeCache,
        boolean taskAbortedStatus,
        Policy policy,
        long spaceThresholdBytes) {

    static final String FACTORY_PID = "org.lunaria.unit";

    private static final int CD_BLOCK_BYTES = 2048;
    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern NAA = Pattern.compile("3[0-9a-f]{15}|6[0-9a-f]{31}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]*");

    /**
     * @param defaultRevision where the configuration has none
     * @throws org.lunaria.settings.InvalidSetting with a sentence for the administrator
     */
    static UnitSettings of(Settings settings, String defaultRevision) {
        String revision = printable(settings, "revision", 0, 4);
        DeviceType type = settings.choice("type", DeviceType.class);
        boolean isDisk = type == DeviceType.DISK;
        Identity identity = new Identity(
                type,
                printable(settings, "vendor", 1, 8),
                printable(settings, "product", 1, 16),
                revision.isEmpty() ? defaultRevision : revision,
                matching(settings, "serial", ID, "1 to 64 letters, digits, dots, dashes and underscores"),
                naa(settings),
                settings.flag("removable") || !isDisk,
                rotationRate(settings));
        return new UnitSettings(
                settings.name(),
                matching(settings, "backend.id", ID, "the backend.id of a backend"),
                identity,
                blockBytes(settings, type),
                settings.flag("readOnly") || !isDisk,
                settings.flag("writeCache"),
                settings.flag("taskAbortedStatus"),
                new Policy(
                        settings.choice("whenGone", WhenGone.class),
                        settings.number("graceMillis"),
                        settings.number("drainMillis")),
                spaceThreshold(settings));
    }

    /** One without a threshold. */
    UnitSettings(
            String name,
            String backendId,
            Identity identity,
            int blockBytes,
            boolean readOnly,
            boolean writeCache,
            boolean taskAbortedStatus,
            Policy policy) {
        this(name, backendId, identity, blockBytes, readOnly, writeCache, taskAbortedStatus, policy, 0);
    }

    UnitSettings withSpaceThreshold(long bytes) {
        return new UnitSettings(
                name, backendId, identity, blockBytes, readOnly, writeCache, taskAbortedStatus, policy, bytes);
    }

    /** Whether a running unit can become like this: what initiators know it by stays. */
    boolean keepsIdentityOf(UnitSettings running) {
        return identity.type() == running.identity.type()
                && blockBytes == running.blockBytes
                && identity.serial().equals(running.identity.serial())
                && identity.naa().equals(running.identity.naa())
                && identity.removable() == running.identity.removable()
                && identity.rotationRate() == running.identity.rotationRate();
    }

    private static String matching(Settings settings, String key, Pattern pattern, String hint) {
        String text = settings.requiredText(key, "give " + hint);
        if (!pattern.matcher(text).matches()) {
            throw settings.invalid(key, "give " + hint);
        }
        return text;
    }

    private static String naa(Settings settings) {
        String hint = "give 16 hexadecimal digits that begin with 3, or 32 that begin with 6";
        String text = settings.requiredText("naa", hint).toLowerCase(Locale.ROOT);
        if (!NAA.matcher(text).matches()) {
            throw settings.invalid("naa", hint);
        }
        return text;
    }

    private static String printable(Settings settings, String key, int least, int most) {
        String text = settings.text(key);
        if (text.length() < least
                || text.length() > most
                || !PRINTABLE.matcher(text).matches()) {
            throw settings.invalid(key, "give " + least + " to " + most + " printable ASCII characters");
        }
        return text;
    }

    private static int blockBytes(Settings settings, DeviceType type) {
        long bytes = settings.number("blockBytes");
        if (type == DeviceType.CDROM && bytes != CD_BLOCK_BYTES) {
            throw settings.invalid("blockBytes", "give 2048 for a CDROM");
        }
        if (type == DeviceType.DISK && bytes != 512 && bytes != 4096) {
            throw settings.invalid("blockBytes", "give 512 or 4096");
        }
        return (int) bytes;
    }

    private static long spaceThreshold(Settings settings) {
        long bytes = settings.number("spaceThresholdBytes");
        if (bytes % Limits.THRESHOLD_SET_BYTES != 0) {
            throw settings.invalid(
                    "spaceThresholdBytes", "give a multiple of " + Limits.THRESHOLD_SET_BYTES + ", or 0 for none");
        }
        return bytes;
    }

    private static int rotationRate(Settings settings) {
        long rate = settings.number("rotationRate");
        if (rate > 1 && rate < 1025) {
            throw settings.invalid(
                    "rotationRate", "give 1 for solid state, 0 for not reported, or 1025 to 65534 rounds a minute");
        }
        return (int) rate;
    }
}
