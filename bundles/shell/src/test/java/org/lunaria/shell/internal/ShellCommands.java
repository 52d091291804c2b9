package org.lunaria.shell.internal;

import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.lunaria.shell.internal.command.VolumeList;

/** All commands of the bundle, and who may use them as shipped. */
final class ShellCommands {
    private static final Path ETC = Path.of("../../etc");

    private ShellCommands() {}

    static List<Class<?>> types() throws IOException, URISyntaxException {
        Path folder = Path.of(VolumeList.class.getResource("VolumeList.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> type(name.substring(0, name.length() - ".class".length())))
                    .filter(type -> type.isAnnotationPresent(Command.class))
                    .toList();
        }
    }

    static Properties roles(String scope) throws IOException {
        Properties roles = new Properties();
        try (Reader reader = Files.newBufferedReader(ETC.resolve("org.apache.karaf.command.acl." + scope + ".cfg"))) {
            roles.load(reader);
        }
        return roles;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(VolumeList.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
