package org.lunaria.iscsi.internal.node;

/**
 * A name in which {@code *} stands for any characters and {@code ?} for one. Immutable. A comparison takes at most as many
 * steps as the pattern has characters, times those of the name, because it goes back to the last star only: whatever an
 * earlier one stands for, what follows the last may begin at the same places.
 */
final class NamePattern {
    private static final int ANY_CHARACTERS = '*';
    private static final int ONE_CHARACTER = '?';

    /** Fits every name. */
    static final NamePattern EVERY = of("*");

    private final int[] pattern;

    private NamePattern(int[] pattern) {
        this.pattern = pattern;
    }

    static NamePattern of(String text) {
        return new NamePattern(text.codePoints().toArray());
    }

    boolean fits(String name) {
        int[] characters = name.codePoints().toArray();
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < characters.length) {
            if (isNext(next, ANY_CHARACTERS)) {
                star = next++;
                resume = at;
            } else if (isNext(next, ONE_CHARACTER) || isNext(next, characters[at])) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (isNext(next, ANY_CHARACTERS)) {
            next++;
        }
        return next == pattern.length;
    }

    private boolean isNext(int index, int character) {
        return index < pattern.length && pattern[index] == character;
    }
}
