package org.lunaria.shell.internal.exec;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Karaf says of a line that does not fit its command, made a sentence that says what to do. What it does not know, stays. Stateless.
 */
final class Mistyped {
    private static final Pattern MISSING = Pattern.compile("(Argument|Option) (\\S+) is required");
    private static final Pattern TOO_MANY = Pattern.compile("Too many arguments specified");
    private static final Pattern NO_OPTION = Pattern.compile("Undefined option: (\\S+)");
    private static final Pattern WRONG_TYPE =
            Pattern.compile("Unable to convert (argument|option) (\\S+) with value '(.*)' to type (\\S+)");
    private static final Pattern NO_COMMAND = Pattern.compile("Command not found: (\\S+)");

    private static final Pattern QUOTED = Pattern.compile("\\\\.|\"(\\\\.|[^\"\\\\])*\"|'[^']*'");
    private static final Pattern SEVERAL = Pattern.compile("[;|&\\n]");

    private Mistyped() {}

    /** @param commandLine begins with the command */
    static String sentence(String message, String commandLine) {
        boolean alone =
                !SEVERAL.matcher(QUOTED.matcher(commandLine).replaceAll("")).find();
        String command = alone ? commandLine.strip().split("\\s+", 2)[0] : "one of the commands";
        String help = "; " + (alone ? command : "COMMAND") + " --help says what it takes.";
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return command + ": give " + named(missing.group(1), missing.group(2)) + help;
        }
        if (TOO_MANY.matcher(message).matches()) {
            return command + ": there are more arguments than it has" + help;
        }
        Matcher noOption = NO_OPTION.matcher(message);
        if (noOption.matches()) {
            return command + ": there is no option " + noOption.group(1) + help;
        }
        Matcher wrongType = WRONG_TYPE.matcher(message);
        if (wrongType.matches()) {
            return named(wrongType.group(1), wrongType.group(2)) + " " + wrongType.group(3) + ": give "
                    + wanted(wrongType.group(4)) + ".";
        }
        Matcher noCommand = NO_COMMAND.matcher(message);
        return noCommand.matches() ? "there is no command " + noCommand.group(1) + "; help lists all." : message;
    }

    private static String named(String what, String name) {
        return what.equalsIgnoreCase("option") ? name : name.toUpperCase(Locale.ROOT);
    }

    private static String wanted(String type) {
        return switch (type.replaceAll(".*\\.", "").toLowerCase(Locale.ROOT)) {
            case "int", "integer", "long" -> "a whole number";
            case "double", "float" -> "a number";
            case "boolean" -> "true or false, or nothing";
            default -> "a value of type " + type;
        };
    }
}
