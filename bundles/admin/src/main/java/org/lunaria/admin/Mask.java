package org.lunaria.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lunaria.scsi.LunMap;

/**
 * What an initiator sees of a target, where that is not everything.
 *
 * @param initiator as in an access list: a name or a pattern of names, {@code @NETWORK}, both, or {@code any}
 * @param luns what it sees; empty for nothing
 */
public record Mask(String initiator, List<Shown> luns) {
    /** For an initiator that sees nothing. */
    private static final String NONE = "none";

    private static final String READ_ONLY = ":ro";
    private static final Pattern SHOWN = Pattern.compile("(\\d{1,5})(:ro)?");

    /**
     * A logical unit number that an initiator sees.
     *
     * @param readOnly whether it cannot write there; where the target maps a volume read-only, nobody can
     */
    public record Shown(int lun, boolean readOnly) {

        /** As people write it: {@code 2}, or {@code 2:ro}. */
        @Override
        public String toString() {
            return lun + (readOnly ? READ_ONLY : "");
        }
    }

    /**
     * What is seen, as people write it: numbers, with {@code :ro} behind those that are read-only, or {@code none} alone.
     *
     * @throws ApplianceException when a word is none of that, or a number stands there twice
     */
    public static List<Shown> luns(List<String> words) {
        List<Shown> luns = new ArrayList<>();
        if (words.equals(List.of(NONE))) {
            return luns;
        }
        for (String word : words) {
            Matcher matcher = SHOWN.matcher(word);
            int lun = matcher.matches() ? Integer.parseInt(matcher.group(1)) : LunMap.MAX_LUN + 1;
            if (lun > LunMap.MAX_LUN) {
                throw new ApplianceException("lun '" + word + "': give numbers from 0 to " + LunMap.MAX_LUN
                        + ", with :ro behind those that are to be read only, or none alone.");
            }
            if (luns.stream().anyMatch(shown -> shown.lun() == lun)) {
                throw new ApplianceException("lun " + lun + " stands there twice; give it once.");
            }
            luns.add(new Shown(lun, matcher.group(2) != null));
        }
        return luns;
    }

    /** The words of {@link #luns}, with something between them. */
    public String text(String separator) {
        return luns.isEmpty() ? NONE : luns.stream().map(Shown::toString).collect(Collectors.joining(separator));
    }
}
