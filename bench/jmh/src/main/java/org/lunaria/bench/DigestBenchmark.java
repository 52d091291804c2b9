package org.lunaria.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The CRC32C (RFC 7143 13.1) of a header, and of data segments, by the JDK's class over a direct buffer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DigestBenchmark {
    @Param({"48", "4096", "65536"})
    public int bytes;

    private final CRC32C checksum = new CRC32C();
    private ByteBuffer buffer;

    @Setup
    public void fill() {
        buffer = ByteBuffer.allocateDirect(bytes);
        for (int index = 0; index < bytes; index++) {
            buffer.put(index, (byte) (index * 31));
        }
    }

    @Benchmark
    public long crc32c() {
        checksum.reset();
        checksum.update(buffer.clear());
        return checksum.getValue();
    }
}
