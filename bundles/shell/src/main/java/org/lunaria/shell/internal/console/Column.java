package org.lunaria.shell.internal.console;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param number whether its contents are aligned at their last digit
 */
public record Column<T>(String header, Function<T, Object> content, boolean number) {

    public static <T> Column<T> text(String header, Function<T, Object> content) {
        return new Column<>(header, content, false);
    }

    public static <T> Column<T> number(String header, Function<T, Object> content) {
        return new Column<>(header, content, true);
    }
}
