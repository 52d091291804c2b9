package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackendContract;

/** What a backend owes its callers, with a real server behind it. */
abstract class RemoteContract extends BlockBackendContract {

    @TempDir
    Path folder;

    private NbdServer server;

    /** Ends the server when the volume is closed: an extension's turn is after all methods. */
    @RegisterExtension
    final AfterEachCallback end = context -> server.kill();

    /** Starts a server with an export that is new. */
    abstract NbdServer start() throws IOException;

    /** Keys of the volume's configuration and their values. */
    Object[] keys() {
        return new Object[0];
    }

    @Override
    protected BlockBackend open() throws Exception {
        server = start();
        return Volume.open(server.uri(), keys());
    }

    /** The backend sees to it, whichever the server: NbdkitMultiConnTest does it all. */
    @Override
    protected int overlappingOperations() {
        return 150;
    }

    /** Memory that was not written to and space that a file system has only reserved are holes to both servers. */
    @Override
    protected boolean holesTakeNoSpace() {
        return false;
    }

    /** A sparse file as large as the contract wants. */
    String image() throws IOException {
        Path image = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(LEAST_CAPACITY_BYTES);
        }
        return image.toString();
    }
}
