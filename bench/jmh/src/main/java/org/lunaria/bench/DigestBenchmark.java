package org.lunaria.bench;

import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.Checksum;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The CRC32C (RFC 7143 13.1) of a header, and of data segments, where they lie in a buffer of the pool. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DigestBenchmark {
    @Param({"48", "4096", "65536"})
    public int bytes;

    private final Checksum checksum = new Checksum();
    private final PooledBuffer buffer = new BufferPool(1 << 20).take(1 << 16);

    @Setup
    public void fill() {
        for (int index = 0; index < bytes; index++) {
            buffer.bytes().put(index, (byte) (index * 31));
        }
    }

    @Benchmark
    public int crc32c() {
        return checksum.begin().add(buffer, 0, bytes).digest();
    }
}
