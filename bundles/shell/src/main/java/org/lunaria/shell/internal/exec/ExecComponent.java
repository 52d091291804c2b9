package org.lunaria.shell.internal.exec;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the shell to {@code bin/lunaria exec} while there is a shell, on the socket {@code lunaria.sock} in the folder
 * {@code lunaria.run}.
 */
@Component(
        immediate = true,
        service = {})
public final class ExecComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ExecComponent.class);
    private static final String SOCKET = "lunaria.sock";

    private final ExecServer server;

    @Activate
    public ExecComponent(BundleContext context, @Reference SessionFactory sessions) throws IOException {
        Path path = Path.of(folder(context), SOCKET).toAbsolutePath();
        server = new ExecServer(OwnerSocket.bind(path), new CommandRunner(sessions));
        server.start();
        LOG.info("Commands of bin/lunaria are taken at {}.", path);
    }

    private static String folder(BundleContext context) {
        String folder = context.getProperty("lunaria.run");
        return folder == null ? context.getProperty("karaf.data") : folder;
    }

    @Deactivate
    public void close() throws IOException {
        server.close();
    }
}
