package org.lunaria.backend.file.internal;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;

/**
 * Files in memory whose machine can be stopped at each call that changes them: then no call works any more until {@link
 * #restart}. A stop that kills only the process keeps what was written; a loss of power keeps of what was not synced, each
 * 512 bytes on their own, whatever chance wants, and of files whose folder was not synced maybe nothing. Thread-safe.
 */
final class CrashingCalls implements FileCalls {

    private static final int SECTOR = 512;

    /** How the machine stops. */
    enum Stop {
        KILL,
        POWER_LOSS
    }

    private sealed interface Unsynced {}

    private record Write(long offset, byte[] bytes) implements Unsynced {}

    /** The file was made so long. */
    private record Length(int bytes) implements Unsynced {}

    private static final class Node {
        byte[] cached = {};
        byte[] durable = {};
        final List<Unsynced> unsynced = new ArrayList<>();
        boolean named;
    }

    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<Integer, String> open = new HashMap<>();
    private final Random random;
    private int nextFd = 3;
    private long changesLeft = Long.MAX_VALUE;
    private boolean stopped;
    private String failing = "";

    CrashingCalls(Random random) {
        this.random = random;
    }

    /** A file that is durable, with this many zeroes. */
    synchronized void make(String path, int sizeBytes) {
        Node node = new Node();
        node.cached = new byte[sizeBytes];
        node.durable = new byte[sizeBytes];
        node.named = true;
        nodes.put(path, node);
    }

    /** The machine stops within the change with this number, from 1 on. */
    synchronized void stopAt(long change) {
        changesLeft = change;
    }

    /** The machine stops now. */
    synchronized void stop() {
        stopped = true;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** From now on writes to the file whose name ends so fail half way; none for "". */
    synchronized void failWritesOf(String ending) {
        failing = ending;
    }

    /** The machine starts again, with what the stop has left. */
    synchronized void restart(Stop how) {
        nodes.values().removeIf(node -> how == Stop.POWER_LOSS && !node.named && random.nextBoolean());
        for (Node node : nodes.values()) {
            if (how == Stop.POWER_LOSS) {
                lose(node);
            }
            node.cached = node.cached.clone();
        }
        open.clear();
        stopped = false;
        changesLeft = Long.MAX_VALUE;
    }

    private void lose(Node node) {
        byte[] kept = node.durable.clone();
        int probability = random.nextInt(101);
        for (Unsynced change : node.unsynced) {
            if (change instanceof Write write) {
                kept = kept(kept, write, probability);
            } else if (change instanceof Length length && random.nextInt(100) < probability) {
                kept = Arrays.copyOf(kept, length.bytes);
            }
        }
        node.unsynced.clear();
        node.durable = kept;
        node.cached = kept.clone();
    }

    private byte[] kept(byte[] before, Write write, int probability) {
        byte[] kept = before;
        for (int at = 0; at < write.bytes.length; at += SECTOR) {
            if (random.nextInt(100) < probability) {
                int length = Math.min(SECTOR, write.bytes.length - at);
                kept = sized(kept, write.offset + at + length);
                System.arraycopy(write.bytes, at, kept, (int) write.offset + at, length);
            }
        }
        return kept;
    }

    /** What a file has now. */
    synchronized byte[] contents(String path) {
        return nodes.get(path).cached.clone();
    }

    /** Counts a change; says whether the machine stops within it. */
    private boolean stopsNow() {
        if (--changesLeft == 0) {
            stopped = true;
        }
        return stopped;
    }

    private static int stoppedResult() {
        return -Errno.EIO.number();
    }

    @Override
    public synchronized int open(String path, int flags, int mode) {
        if (stopped) {
            return stoppedResult();
        }
        if (!nodes.containsKey(path) && !path.equals("/")) {
            if ((flags & O_CREAT) == 0) {
                return -Errno.ENOENT.number();
            }
            nodes.put(path, new Node());
            if (stopsNow()) {
                return stoppedResult();
            }
        }
        open.put(nextFd, path);
        return nextFd++;
    }

    @Override
    public synchronized int close(int fd) {
        open.remove(fd);
        return 0;
    }

    @Override
    public synchronized long read(int fd, long address, long count, long offset, int flags) {
        if (stopped) {
            return stoppedResult();
        }
        Node node = node(fd);
        int length = (int) Math.max(0, Math.min(count, node.cached.length - offset));
        if (length > 0) {
            new Pointer(address).write(0, node.cached, (int) offset, length);
        }
        return length;
    }

    @Override
    public synchronized long write(int fd, long address, long count, long offset, int flags) {
        if (stopped) {
            return stoppedResult();
        }
        if (flags != 0) {
            return -Errno.EAGAIN.number();
        }
        boolean fails = !failing.isEmpty() && open.get(fd).endsWith(failing);
        byte[] bytes = new Pointer(address).getByteArray(0, (int) count);
        if (stopsNow() || fails) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length / SECTOR + 1) * SECTOR);
        }
        Node node = node(fd);
        node.cached = sized(node.cached, offset + bytes.length);
        System.arraycopy(bytes, 0, node.cached, (int) offset, bytes.length);
        node.unsynced.add(new Write(offset, bytes));
        return stopped || fails ? stoppedResult() : count;
    }

    @Override
    public int fsync(int fd) {
        return sync(fd, true);
    }

    @Override
    public int fdatasync(int fd) {
        return sync(fd, false);
    }

    /** A stop within leaves a part of it done: that is for {@link #lose} to draw. */
    private synchronized int sync(int fd, boolean names) {
        if (stopped || stopsNow()) {
            return stoppedResult();
        }
        if (open.get(fd).equals("/")) {
            nodes.values().forEach(node -> node.named |= names);
            return 0;
        }
        Node node = node(fd);
        node.durable = node.cached.clone();
        node.unsynced.clear();
        return 0;
    }

    @Override
    public synchronized int fallocate(int fd, int mode, long offset, long length) {
        if (stopped || stopsNow()) {
            return stoppedResult();
        }
        if ((mode & FALLOC_FL_KEEP_SIZE) == 0) {
            node(fd).cached = sized(node(fd).cached, offset + length);
        } else if (mode != FALLOC_FL_KEEP_SIZE) {
            byte[] zeroes = new byte[(int) length];
            System.arraycopy(zeroes, 0, node(fd).cached, (int) offset, (int) length);
            node(fd).unsynced.add(new Write(offset, zeroes));
        }
        return 0;
    }

    /** One that the machine stops within may have been done. */
    @Override
    public synchronized int ftruncate(int fd, long length) {
        if (stopped) {
            return stoppedResult();
        }
        if (!stopsNow() || random.nextBoolean()) {
            node(fd).cached = Arrays.copyOf(node(fd).cached, (int) length);
            node(fd).unsynced.add(new Length((int) length));
        }
        return stopped ? stoppedResult() : 0;
    }

    @Override
    public synchronized long lseek(int fd, long offset, int whence) {
        return stopped || whence != SEEK_END ? stoppedResult() : node(fd).cached.length;
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return 0;
    }

    @Override
    public int flock(int fd, int operation) {
        return 0;
    }

    @Override
    public int ioctl(int fd, long request, long address) {
        return -Errno.ENOTTY.number();
    }

    @Override
    public int unlink(String path) {
        return -Errno.ENOSYS.number();
    }

    @Override
    public int statx(int fd, long address) {
        return -Errno.ENOSYS.number();
    }

    @Override
    public int fstatvfs(int fd, long address) {
        return -Errno.ENOSYS.number();
    }

    private Node node(int fd) {
        return nodes.get(open.get(fd));
    }

    private static byte[] sized(byte[] bytes, long least) {
        return bytes.length >= least ? bytes : Arrays.copyOf(bytes, (int) least);
    }
}
