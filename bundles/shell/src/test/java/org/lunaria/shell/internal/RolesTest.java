package org.lunaria.shell.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.Test;

/** The shipped etc/org.apache.karaf.command.acl.SCOPE.cfg: who may use which of our commands. */
class RolesTest {

    private static final List<String> LOOK = List.of("viewer", "operator", "admin");
    private static final List<String> CHANGE = List.of("operator", "admin");
    private static final List<String> ALL = List.of("admin");

    @Test
    void eachCommandHasItsRolesAndNothingElseHas() throws Exception {
        Map<String, TreeSet<String>> commands = new TreeMap<>();
        for (Command each : commands()) {
            commands.computeIfAbsent(each.scope(), scope -> new TreeSet<>(List.of("*")))
                    .add(each.name());
        }
        assertFalse(commands.isEmpty());
        for (String scope : commands.keySet()) {
            assertEquals(commands.get(scope), names(ShellCommands.roles(scope)), "etc/..." + scope);
        }
    }

    @Test
    void whoLooksChangesNothingAndOnlyAnAdministratorDeletes() throws Exception {
        for (Command each : commands()) {
            String command = each.scope() + ":" + each.name();
            Properties ofScope = ShellCommands.roles(each.scope());
            List<String> roles = Arrays.asList(ofScope.getProperty(each.name()).split(", "));
            assertTrue(List.of(LOOK, CHANGE, ALL).contains(roles), command + " " + roles);
            assertEquals("admin", ofScope.getProperty("*"), each.scope());
            assertEquals(
                    List.of("list", "show", "status", "top", "history", "diff", "events")
                            .contains(each.name()),
                    roles.equals(LOOK),
                    command);
            if (each.name().equals("delete")
                    || each.scope().equals("account") && !each.name().equals("list")) {
                assertEquals(ALL, roles, command);
            }
        }
    }

    /** Without what says more of their arguments. */
    private static TreeSet<String> names(Properties roles) {
        return roles.stringPropertyNames().stream()
                .map(key -> key.replaceFirst("\\[.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Command> commands() throws Exception {
        return ShellCommands.types().stream()
                .map(type -> type.getAnnotation(Command.class))
                .toList();
    }
}
