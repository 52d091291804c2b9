package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import org.lunaria.admin.ConfigurationDifference;

/** Prints for people what leads from one configuration to another: a line each file, and under it one each key. Stateless. */
public final class Differences {
    private Differences() {}

    public static void print(ConfigurationDifference difference, PrintStream out) {
        for (ConfigurationDifference.Instance instance : difference.instances()) {
            out.println(sign(instance.kind()) + " " + instance.fileName());
            for (ConfigurationDifference.Key key : instance.keys()) {
                key.before().ifPresent(value -> out.println("    - " + key.name() + " = " + value));
                key.after().ifPresent(value -> out.println("    + " + key.name() + " = " + value));
            }
        }
    }

    private static String sign(ConfigurationDifference.Kind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case CHANGED -> "~";
            case REMOVED -> "-";
        };
    }
}
