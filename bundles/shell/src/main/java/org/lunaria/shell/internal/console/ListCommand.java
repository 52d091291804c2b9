package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A command that prints a table. Confined to the thread that runs the command.
 *
 * @param <T> a row
 */
public abstract class ListCommand<T> extends ApplianceCommand<List<T>> {

    private static final String SEPARATOR = "\t";

    @Option(name = "--no-format", description = "Print the rows alone, their columns separated by tabs.")
    private boolean noFormat;

    /** What the table shows, from left to right. */
    protected abstract List<Column<T>> columns();

    /** What is printed in place of an empty table. */
    protected abstract String nothing();

    @Override
    protected final void print(List<T> rows, PrintStream out) {
        if (noFormat) {
            rows.forEach(
                    row -> out.println(contents(row).map(Object::toString).collect(Collectors.joining(SEPARATOR))));
        } else if (rows.isEmpty()) {
            out.println(nothing());
        } else {
            table(rows).print(out);
        }
    }

    private ShellTable table(List<T> rows) {
        ShellTable table = new ShellTable();
        for (Column<T> column : columns()) {
            Col col = table.column(column.header());
            if (column.number()) {
                col.alignRight();
            }
        }
        rows.forEach(row -> table.addRow().addContent(contents(row).toArray()));
        return table;
    }

    private Stream<Object> contents(T row) {
        return columns().stream().map(column -> column.content().apply(row));
    }
}
