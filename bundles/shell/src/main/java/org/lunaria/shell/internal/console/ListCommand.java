package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A command that prints a table. Confined to the thread that runs the command.
 *
 * @param <T> a row
 */
public abstract class ListCommand<T> extends ApplianceCommand<List<T>> {

    @Option(name = "--no-format", description = "Print the rows alone, their columns separated by tabs.")
    private boolean noFormat;

    /** What the table shows, from left to right. */
    protected abstract List<Column<T>> columns();

    /** What is printed in place of an empty table. */
    protected abstract String nothing();

    @Override
    protected final void print(List<T> rows, PrintStream out) {
        if (rows.isEmpty() && !noFormat) {
            out.println(nothing());
            return;
        }
        ShellTable table = new ShellTable();
        for (Column<T> column : columns()) {
            Col col = table.column(column.header());
            if (column.number()) {
                col.alignRight();
            }
        }
        for (T row : rows) {
            table.addRow()
                    .addContent(columns().stream()
                            .map(column -> column.content().apply(row))
                            .toArray());
        }
        table.print(out, !noFormat);
    }
}
