package org.lunaria.shell.internal.exec;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A Unix domain socket that only its owner can connect to, at every moment: it is bound in a folder that is closed to
 * others, and moved to its place when its mode is set. A socket that a process left that was killed is replaced.
 * Thread-safe.
 */
final class OwnerSocket implements AutoCloseable {
    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 16;

    private static final int MAX_LEFT_FOLDERS = 100;

    private final Path path;
    private final ServerSocketChannel server;

    private OwnerSocket(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    static OwnerSocket bind(Path path) throws IOException {
        Path folder = closedFolder(path.getParent());
        Path temporary = folder.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(temporary), BACKLOG);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return new OwnerSocket(path, server);
        } catch (IOException | RuntimeException e) {
            server.close();
            Files.deleteIfExists(temporary);
            throw e;
        } finally {
            Files.delete(folder);
        }
    }

    /** Its name is short: a socket's path has room for about 100 bytes. */
    private static Path closedFolder(Path parent) throws IOException {
        for (int i = 0; i < MAX_LEFT_FOLDERS; i++) {
            Path folder = parent.resolve(".x" + i);
            try {
                return Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // Left by a process that was killed just then, or another is about to bind: the next name will do.
            }
        }
        throw new IOException("delete the folders .x* in " + parent);
    }

    /** Blocks until somebody connects. */
    SocketChannel accept() throws IOException {
        return server.accept();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
