package org.lunaria.shell.internal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.Function;
import org.apache.karaf.shell.api.action.lifecycle.Manager;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;

/** Karaf's own shell without OSGi, with every command and completer of this bundle. */
public final class TestShell implements AutoCloseable {
    public final FakeAppliance appliance = new FakeAppliance();

    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final SessionFactoryImpl sessions;

    public TestShell() throws Exception {
        threadIo.start();
        sessions = new Sessions(threadIo);
        sessions.getRegistry().register(appliance);
        Manager manager = new ManagerImpl(sessions, sessions);
        for (Class<?> service : services()) {
            manager.register(service);
        }
    }

    public SessionFactory sessions() {
        return sessions;
    }

    /** What Karaf's extender finds in the packages that the bundle's header names. */
    public static List<Class<?>> services() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(TestShell.class
                        .getResource("/org/lunaria/shell/internal/command")
                        .toURI())
                .getParent();
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names = files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .sorted()
                    .map(file -> "org.lunaria.shell.internal."
                            + file.replace(".class", "").replace('/', '.'))
                    .toList();
        }
        Stream.Builder<Class<?>> services = Stream.builder();
        for (String name : names) {
            Class<?> type = Class.forName(name);
            if (type.isAnnotationPresent(Service.class)) {
                services.add(type);
            }
        }
        return services.build().toList();
    }

    /** Hands words over as text, which in Karaf the wrapper that checks roles does. */
    private static final class Sessions extends SessionFactoryImpl {
        Sessions(ThreadIOImpl threadIo) {
            super(threadIo);
        }

        @Override
        protected Function wrap(Command command) {
            return (session, arguments) -> command.execute(
                    (Session) session.get(".session"),
                    arguments.stream()
                            .map(argument -> argument instanceof CharSequence ? argument.toString() : argument)
                            .toList());
        }
    }

    @Override
    public void close() {
        sessions.stop();
        threadIo.stop();
    }
}
