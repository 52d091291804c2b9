package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lunaria.scsi.LunMap;

/**
 * Which logical units of a target initiators see that do not see all of them. An entry is an initiator as in an
 * {@link AccessList}, {@code =}, and numbers with {@code +} between them, each with {@code :ro} behind it where the
 * initiator only may read; or {@code none}. The first entry that fits an initiator counts. A number that the target does
 * not map is one that it may map later. Immutable.
 */
public final class LunMasks {
    /** Most entries that a configuration may hold. */
    public static final int MAX_ENTRIES = 1024;

    public static final LunMasks NONE = new LunMasks(List.of());

    /** @param seen what is left of the target's map */
    private record Mask(InitiatorPattern initiators, LunMap seen) {}

    private static final String NOTHING = "none";
    private static final Pattern ENTRY = Pattern.compile("([^=]+?)\\s*=\\s*(\\S+)");
    private static final Pattern LUN = Pattern.compile("(\\d{1,5})(:ro)?");

    private final List<Mask> masks;

    private LunMasks(List<Mask> masks) {
        this.masks = List.copyOf(masks);
    }

    /**
     * Reads the entries of a configuration.
     *
     * @param luns every logical unit of the target
     * @throws IllegalArgumentException with a hint, when an entry is none, one can never count, or there are too many
     */
    public static LunMasks of(LunMap luns, List<String> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("give at most " + MAX_ENTRIES + " entries");
        }
        List<Mask> masks = new ArrayList<>();
        Set<String> initiators = new HashSet<>();
        for (String text : entries) {
            Matcher entry = ENTRY.matcher(text);
            Optional<InitiatorPattern> fitting =
                    entry.matches() ? InitiatorPattern.of(entry.group(1)) : Optional.empty();
            if (fitting.isEmpty()) {
                throw none(text);
            }
            if (!initiators.add(entry.group(1).toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(entry.group(1) + " stands there twice; give it one entry");
            }
            masks.add(new Mask(fitting.get(), seen(luns, text, entry.group(2))));
        }
        return new LunMasks(masks);
    }

    /**
     * What an initiator sees; empty for one that no entry fits, which sees everything.
     *
     * @param initiatorName normalized, as {@link IscsiName#normalize} gives it
     * @param address that it comes from
     */
    Optional<LunMap> seenBy(String initiatorName, InetAddress address) {
        return masks.stream()
                .filter(mask -> mask.initiators().fits(initiatorName, address))
                .map(Mask::seen)
                .findFirst();
    }

    private static LunMap seen(LunMap luns, String text, String numbers) {
        Map<Integer, LunMap.Mapping> seen = new HashMap<>();
        Set<Integer> given = new HashSet<>();
        String[] each = numbers.equals(NOTHING) ? new String[0] : numbers.split("\\+", -1);
        for (String number : each) {
            Matcher matcher = LUN.matcher(number);
            int lun = matcher.matches() ? Integer.parseInt(matcher.group(1)) : LunMap.MAX_LUN + 1;
            if (lun > LunMap.MAX_LUN) {
                throw none(text);
            }
            if (!given.add(lun)) {
                throw new IllegalArgumentException("number " + lun + " stands twice in '" + text + "'; give it once");
            }
            LunMap.Mapping mapping = luns.units().get(lun);
            if (mapping != null) {
                boolean readOnly = mapping.readOnly() || matcher.group(2) != null;
                seen.put(lun, new LunMap.Mapping(mapping.unit(), readOnly));
            }
        }
        return new LunMap(seen);
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("'" + text + "' is none; give INITIATOR=LUN+LUN:ro or INITIATOR=none, with"
                + " numbers from 0 to " + LunMap.MAX_LUN
                + " and an initiator as in access: any, a name in which * and ?"
                + " stand for other characters, @NETWORK, or NAME@NETWORK");
    }
}
