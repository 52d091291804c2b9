package com.example.backend.mine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockingWorkers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** A volume striped over two files: stripes 0, 2, 4... are in the first, 1, 3, 5... in the second. Thread-safe. */
@Component(
        service = BlockBackend.class,
        immediate = true,
        configurationPid = "org.lunaria.backend.mine",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "backend.kind=mine")
@Designate(ocd = MineConfig.class, factory = true)
public final class MineBackend implements BlockBackend {
    private final String id;
    private final int stripeBytes;
    private final Profile profile;
    private final StripeFile[] files;
    private final BlockingWorkers workers;

    private interface Work {
        void run() throws IOException;
    }

    /** What is done with a piece that lies in one file; gives back how many bytes of it were moved. */
    private interface Move {
        int in(FileChannel file, ByteBuffer piece, long position) throws IOException;
    }

    @Activate
    public MineBackend(MineConfig config) throws IOException {
        id = config.backend_id();
        stripeBytes = config.stripeBytes();
        check("sizeBytes", config.sizeBytes(), 512);
        check("stripeBytes", stripeBytes, 4096);
        profile = new Profile(config.sizeBytes(), 512, 4096, stripeBytes, 1 << 20, 0, Set.of(Capability.WRITE));
        long fileBytes = (config.sizeBytes() + 2L * stripeBytes - 1) / (2L * stripeBytes) * stripeBytes;
        StripeFile first = StripeFile.open("first", config.first(), fileBytes, config.create());
        try {
            files = new StripeFile[] {first, StripeFile.open("second", config.second(), fileBytes, config.create())};
        } catch (IOException | RuntimeException e) {
            if (config.create()) {
                first.delete();
            }
            first.close();
            throw e;
        }
        workers = new BlockingWorkers("mine-" + id, 4, 4096);
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        return move(offset, target, Fault.READ_ERROR, FileChannel::read);
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        return move(offset, source, Fault.WRITE_ERROR, FileChannel::write);
    }

    @Override
    public CompletionStage<Void> flush() {
        return submit(0, Fault.WRITE_ERROR, () -> {
            files[0].force();
            files[1].force();
        });
    }

    @Override
    @Deactivate
    public void close() throws IOException {
        workers.close();
        files[0].close();
        files[1].close();
    }

    private CompletionStage<Void> move(long offset, ByteBuffer data, Fault fault, Move move) {
        return submit(data.remaining(), fault, () -> {
            for (long at = offset; data.hasRemaining(); ) {
                long within = at % stripeBytes;
                int length = (int) Math.min(data.remaining(), stripeBytes - within);
                StripeFile file = files[(int) (at / stripeBytes % 2)];
                ByteBuffer piece = data.slice(data.position(), length);
                int moved = move.in(file.channel(), piece, at / stripeBytes / 2 * stripeBytes + within);
                if (moved < 0) {
                    throw new EOFException(file + " has become shorter");
                }
                data.position(data.position() + moved);
                at += moved;
            }
        });
    }

    /** Has a worker do what may block, since the thread that calls is one that serves many initiators. */
    private CompletionStage<Void> submit(long bytes, Fault fault, Work work) {
        return workers.submit(bytes, () -> {
            try {
                work.run();
                return null;
            } catch (IOException e) {
                boolean full = String.valueOf(e.getMessage()).startsWith("No space left");
                throw new Failure(full ? Fault.NO_SPACE : fault, -1, "volume " + id + " (mine): " + e, e);
            }
        });
    }

    private static void check(String key, long value, int unit) {
        if (value <= 0 || value % unit != 0) {
            throw new IllegalArgumentException(key + " = " + value + ": give a multiple of " + unit + ".");
        }
    }
}
