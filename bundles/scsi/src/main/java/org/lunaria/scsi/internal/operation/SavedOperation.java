package org.lunaria.scsi.internal.operation;

import java.util.HexFormat;
import java.util.Optional;
import org.lunaria.scsi.internal.operation.MediumOperation.Kind;
import org.lunaria.scsi.internal.saved.SavedValues;

/**
 * An operation as it is kept over a loss of power: which one, how far it has come for sure, and whether it has failed.
 * Immutable. A value {@code operation=KIND AUSE COUNT INVERT PASS OFFSET FAILED}, and its pattern in pieces.
 */
public record SavedOperation(MediumOperation operation, Position at, boolean failed) {
    private static final String KEY = "operation";
    private static final String PATTERN = "operation.pattern.";
    private static final int PATTERN_PIECES = 4;

    /** Bytes in a piece: two digits each. */
    private static final int PIECE_BYTES = 2048;

    /** Keeps it instead of what was kept. */
    public SavedValues in(SavedValues values) {
        String text = String.join(
                " ",
                operation.kind().name(),
                String.valueOf(operation.unrestricted()),
                String.valueOf(operation.passCount()),
                String.valueOf(operation.inverts()),
                String.valueOf(at.pass()),
                String.valueOf(at.offset()),
                String.valueOf(failed));
        SavedValues kept = absent(values).with(KEY, text);
        byte[] pattern = operation.pattern();
        for (int from = 0; from < pattern.length; from += PIECE_BYTES) {
            int to = Math.min(pattern.length, from + PIECE_BYTES);
            kept = kept.with(PATTERN + from / PIECE_BYTES, HexFormat.of().formatHex(pattern, from, to));
        }
        return kept;
    }

    /** What is kept where nothing of it can be read. */
    public static SavedOperation unknown() {
        return new SavedOperation(MediumOperation.unknown(), Position.START, true);
    }

    /** Keeps none. */
    public static SavedValues absent(SavedValues values) {
        SavedValues kept = values.without(KEY);
        for (int i = 0; i < PATTERN_PIECES; i++) {
            kept = kept.without(PATTERN + i);
        }
        return kept;
    }

    /** What is kept. What cannot be understood is an unknown one that has failed, so that nobody reads what it left. */
    public static Optional<SavedOperation> find(SavedValues values) {
        return values.find(KEY).map(text -> parse(text, values));
    }

    private static SavedOperation parse(String text, SavedValues values) {
        try {
            String[] part = text.split(" ");
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < PATTERN_PIECES; i++) {
                pattern.append(values.find(PATTERN + i).orElse(""));
            }
            MediumOperation operation = new MediumOperation(
                    Kind.valueOf(part[0]),
                    Boolean.parseBoolean(part[1]),
                    Integer.parseInt(part[2]),
                    Boolean.parseBoolean(part[3]),
                    HexFormat.of().parseHex(pattern));
            Position at = new Position(Integer.parseInt(part[4]), Long.parseLong(part[5]));
            return new SavedOperation(operation, at, Boolean.parseBoolean(part[6]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return unknown();
        }
    }
}
