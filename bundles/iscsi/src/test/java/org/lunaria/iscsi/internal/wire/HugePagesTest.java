package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HugePagesTest {
    private static final int BYTES = 4 << 20;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(BYTES);

    @Test
    void memoryIsMarkedForHugePages() throws IOException {
        HugePages.prefer(memory);
        String flags = flags(Pointer.nativeValue(Native.getDirectBufferPointer(memory)) + BYTES / 2);
        assertTrue(flags.contains(" hg"), flags);
    }

    @Test
    void memoryStaysZeroes() {
        HugePages.prefer(memory);
        assertEquals(-1, memory.mismatch(ByteBuffer.allocate(BYTES)));
    }

    @Test
    void memoryOfLessThanAPageIsLeftAlone() {
        ByteBuffer small = ByteBuffer.allocateDirect(100).put(0, (byte) 1);
        HugePages.prefer(small);
        assertEquals((byte) 1, small.get(0));
    }

    /** The flags of the mapping that an address is in. */
    private static String flags(long address) throws IOException {
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                String[] ends = line.substring(0, line.indexOf(' ')).split("-");
                inside = Long.compareUnsigned(Long.parseUnsignedLong(ends[0], 16), address) <= 0
                        && Long.compareUnsigned(address, Long.parseUnsignedLong(ends[1], 16)) < 0;
            } else if (inside && line.startsWith("VmFlags:")) {
                return line;
            }
        }
        throw new IllegalStateException("no mapping holds " + Long.toHexString(address));
    }
}
