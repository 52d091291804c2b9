package org.lunaria.shell.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.Test;
import org.lunaria.shell.internal.command.VolumeList;

/** The shipped etc/org.apache.karaf.command.acl.SCOPE.cfg: who may use which of our commands. */
class RolesTest {

    private static final Path ETC = Path.of("../../etc");
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
            assertEquals(commands.get(scope), names(roles(scope)), "etc/..." + scope);
        }
    }

    @Test
    void whoLooksChangesNothingAndOnlyAnAdministratorDeletes() throws Exception {
        for (Command each : commands()) {
            String command = each.scope() + ":" + each.name();
            Properties ofScope = roles(each.scope());
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

    private static Properties roles(String scope) throws IOException {
        Properties roles = new Properties();
        try (Reader reader = Files.newBufferedReader(ETC.resolve("org.apache.karaf.command.acl." + scope + ".cfg"))) {
            roles.load(reader);
        }
        return roles;
    }

    private static List<Command> commands() throws Exception {
        Path folder = Path.of(VolumeList.class.getResource("VolumeList.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> command(name.substring(0, name.length() - ".class".length())))
                    .filter(command -> command != null)
                    .toList();
        }
    }

    private static Command command(String name) {
        try {
            return Class.forName(VolumeList.class.getPackageName() + "." + name).getAnnotation(Command.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
