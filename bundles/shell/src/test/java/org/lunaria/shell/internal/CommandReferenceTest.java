package org.lunaria.shell.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lunaria.settings.ReferencePage;
import org.lunaria.shell.internal.CommandForm.Parameter;

/** docs/reference/commands.md is what the commands declare. Written anew with -Dreference.write=true. */
class CommandReferenceTest {
    private static final Path PROGRAM = Path.of("../../karaf-distribution/src/main/resources/bin/lunaria");
    private static final Pattern USAGE = Pattern.compile("(?s)<<'USAGE'\n(.*?)USAGE\n");

    /** What the roles file says of a command with an option. */
    private static final Pattern WITH_OPTION = Pattern.compile("(\\w+)\\[.*?(--[a-z-]+).*");

    private static final String HEAD = """
            # Commands

            Every command of the shell, as the code declares it. This page is made from the code, and a test compares the two.

            `lunaria shell` is where they are typed by hand: the tabulator completes commands, names, kinds and keys. `lunaria exec
            COMMAND...` runs one, for scripts. Options may stand before or behind arguments. All commands have these:

            | option | |
            |---|---|
            | `--help` | What the command does, its arguments and options. |
            | `--json` | Print the answer as JSON, for programs. |
            | `--no-format` | Of each list and each `show`: print it plainly, what belongs together separated by tabs. |

            A command that cannot be done prints one sentence, `Error: ...`, that says why and what to do, and changes nothing.
            Sizes are bytes, or have K, M, G or T behind them (powers of 1024). Who may use a command is said behind it, by
            [roles](../operations.md#users-of-the-shell); the owner of the appliance may use all.

            ## The program lunaria

            ```
            %s```

            | exit status | of | means |
            |--:|---|---|
            | 0 | all | done; of `status`: it runs and answers |
            | 1 | all | not done: one sentence on the standard error output says why; of `status`: it runs and does not answer |
            | 2 | all | it is no command, or one is missing |
            | 2 | `exec` | the appliance ended, or went silent, before the command was done: look whether it was |
            | 3 | `status` | it does not run |
            | 3 | `run` | the heap was used up ([Memory](../operations.md#memory)) |
            """;

    @Test
    void thePageIsWhatTheCommandsDeclare() throws Exception {
        ReferencePage.check(CommandReferenceTest.class, "commands.md", page());
    }

    @Test
    void eachCommandHasAnExampleThatItTakes() throws Exception {
        for (CommandForm command : forms().values()) {
            assertFalse(command.examples().isEmpty(), command.name());
            for (String example : command.examples()) {
                assertTrue(example.startsWith(command.name()), example);
                assertEquals(List.of(), command.unknownOptions(example), example);
            }
        }
    }

    private static String page() throws Exception {
        Matcher usage = USAGE.matcher(Files.readString(PROGRAM));
        assertTrue(usage.find(), "the usage in " + PROGRAM);
        StringBuilder page = new StringBuilder(HEAD.formatted(usage.group(1)));
        String scope = "";
        for (CommandForm command : forms().values()) {
            if (!command.scope().equals(scope)) {
                scope = command.scope();
                page.append("\n## ").append(scope).append('\n');
            }
            page.append(section(command));
        }
        return page.toString();
    }

    private static String section(CommandForm command) throws Exception {
        StringBuilder section = new StringBuilder("\n### %s\n\n%s".formatted(command.name(), command.description()));
        section.append("\n\n```\n%s\n```\n".formatted(String.join("\n", command.examples())));
        if (!command.parameters().isEmpty()) {
            section.append("\n| | default | |\n|---|---|---|\n");
            for (Parameter parameter : command.parameters()) {
                section.append("| `%s`%s | %s | %s |\n"
                        .formatted(
                                parameter.form(),
                                parameter.isRequired() ? ", required" : "",
                                parameter.defaultValue().isEmpty() ? "" : "`" + parameter.defaultValue() + "`",
                                parameter.description().replace("|", "\\|").replace("*", "\\*")));
            }
        }
        return section.append("\nFor ").append(roles(command)).append(".\n").toString();
    }

    private static String roles(CommandForm command) throws Exception {
        Properties roles = ShellCommands.roles(command.scope());
        StringBuilder text = new StringBuilder(roles.getProperty(command.verb()));
        for (String key : roles.stringPropertyNames()) {
            Matcher more = WITH_OPTION.matcher(key);
            if (more.matches() && more.group(1).equals(command.verb())) {
                text.append("; with `").append(more.group(2)).append("` ").append(roles.getProperty(key));
            }
        }
        return text.toString();
    }

    private static SortedMap<String, CommandForm> forms() throws Exception {
        SortedMap<String, CommandForm> forms = new TreeMap<>();
        for (Class<?> type : ShellCommands.types()) {
            CommandForm form = CommandForm.of(type);
            forms.put(form.name(), form);
        }
        return forms;
    }
}
