package com.example.backend.mine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** One of the two files, open and locked. Thread-safe. */
final class StripeFile {
    private final Path path;
    private final FileChannel channel;
    private volatile boolean lost;

    private StripeFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens a file, as the key says that has its path; makes it if it is to be made, and makes it longer if it is too short.
     * One that has gone missing is an error, and no reason to serve zeroes. The administrator reads the message of the innermost
     * cause, so that what is thrown here has none.
     */
    static StripeFile open(String key, String text, long bytes, boolean create) throws IOException {
        if (text == null || text.isEmpty()) {
            throw new IOException(key + " is not set: give the path of a file.");
        }
        Path path = Path.of(text);
        Set<StandardOpenOption> options = create
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        String setting = key + " = " + path;
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(setting + " exists already; give another path, or create = false.");
        } catch (NoSuchFileException e) {
            throw new IOException(setting + " is not there; give a path, as /disk1/volume.first.");
        }
        try {
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            if (channel.size() < bytes) {
                channel.write(ByteBuffer.allocate(1), bytes - 1);
            }
            return new StripeFile(path, channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(setting + " is in use; give a file that no other volume has.");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** What could not be made durable once may be lost, though the system says otherwise the next time. */
    void force() throws IOException {
        if (lost) {
            throw new IOException(path + " could not be made durable before; open the volume anew");
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        channel.close();
        Files.delete(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
