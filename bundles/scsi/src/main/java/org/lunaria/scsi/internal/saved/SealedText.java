package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A text that says of which sort and whose it is, and at last its checksum, so that half a file, or that of another unit, is
 * none.
 *
 * <pre>
 * SORT VERSION
 * unit NAA
 * line ...
 * crc32c SUM
 * </pre>
 */
public final class SealedText {
    /** Lines that come before those of the contents. */
    public static final int HEADER_LINES = 2;

    private static final String UNIT = "unit ";
    private static final String CHECKSUM = "crc32c ";

    private SealedText() {}

    /**
     * @param sort and version of the format
     * @param lines without line ends
     */
    public static String seal(String sort, String unit, List<String> lines) {
        StringBuilder text = new StringBuilder();
        text.append(sort).append('\n').append(UNIT).append(unit).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        return text + CHECKSUM + checksum(text.toString()) + "\n";
    }

    /** The lines; @throws IOException when it is not what {@link #seal} gives, with what is wrong */
    public static List<String> open(String sort, String unit, String text) throws IOException {
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
            throw new IOException("its checksum is not that of its contents");
        }
        List<String> lines = List.of(text.substring(0, end).split("\n"));
        if (lines.size() < HEADER_LINES || !lines.get(0).equals(sort)) {
            throw new IOException("it does not begin with " + sort);
        }
        if (!lines.get(1).equals(UNIT + unit)) {
            throw new IOException("it is not that of unit " + unit);
        }
        return lines.subList(HEADER_LINES, lines.size());
    }

    private static String checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }
}
