package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {

    @TempDir
    private Path folder;

    @Test
    void thoseWhoWaitTogetherShareOneFdatasync() throws Exception {
        FaultyCalls calls = new FaultyCalls();
        VolumeFile file = FileOpener.open(calls, Config.creating(folder.resolve("disk.img"), 1 << 20));
        Durability durability = new Durability(calls, file);
        int threads = 8;
        CountDownLatch asked = new CountDownLatch(threads);
        List<Thread> flushers = new ArrayList<>();
        synchronized (durability) {
            for (int i = 0; i < threads; i++) {
                flushers.add(new Thread(() -> {
                    asked.countDown();
                    try {
                        durability.flush();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }));
                flushers.get(i).start();
            }
            asked.await();
            for (Thread each : flushers) {
                while (each.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            }
        }
        for (Thread each : flushers) {
            each.join();
        }
        assertEquals(1, calls.count("fdatasync"));
        durability.flush();
        assertEquals(2, calls.count("fdatasync"));
        assertTrue(calls.close(file.fd()) == 0);
    }
}
