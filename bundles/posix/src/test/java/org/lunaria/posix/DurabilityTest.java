package org.lunaria.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockingWorkers;

class DurabilityTest {

    @TempDir
    private Path folder;

    private final FaultyCalls calls = new FaultyCalls();
    private final BlockingWorkers workers = new BlockingWorkers("test", 1, 1);
    private OpenFile file;
    private Durability durability;

    @BeforeEach
    void open() throws Exception {
        String path = Files.createFile(folder.resolve("disk.img")).toString();
        file = new OpenFile(calls.open(path, FileCalls.O_RDWR, 0), path);
        durability = new Durability(calls, file, workers);
    }

    @AfterEach
    void close() {
        workers.close();
        assertEquals(0, calls.close(file.fd()));
    }

    @Test
    void thoseWhoAskWhileAnFdatasyncRunsShareTheNextOne() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch running = calls.hold("fdatasync", goOn);
        CompletableFuture<Void> first = durability.flush().toCompletableFuture();
        running.await();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int count = 0; count < 8; count++) {
            others.add(durability.flush().toCompletableFuture());
        }
        others.add(durability.flushHere().toCompletableFuture());
        assertFalse(first.isDone(), "nobody is answered before the fdatasync has returned");
        goOn.countDown();
        first.join();
        others.forEach(CompletableFuture::join);
        assertEquals(2, calls.count("fdatasync"), "those who came later may have changed what the first did not cover");
    }

    @Test
    void eachFlushAfterAnotherHasItsOwnFdatasync() throws Exception {
        durability.flush().toCompletableFuture().join();
        durability.flushHere().toCompletableFuture().join();
        assertEquals(2, calls.count("fdatasync"));
    }

    @Test
    void theFirstFailureStays() throws Exception {
        calls.fail("fdatasync", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, faultOf(durability.flush().toCompletableFuture()));
        calls.workAgain("fdatasync");
        assertEquals(Fault.WRITE_ERROR, faultOf(durability.flushHere().toCompletableFuture()));
        assertEquals(1, calls.count("fdatasync"));
    }

    @Test
    void aCallThatBreaksDownIsAFailureForAllWhoAsk() throws Exception {
        calls.breakDown("fdatasync");
        assertEquals(Fault.WRITE_ERROR, faultOf(durability.flush().toCompletableFuture()));
        assertEquals(Fault.WRITE_ERROR, faultOf(durability.flushHere().toCompletableFuture()));
    }

    @Test
    void whenNoWorkerTakesItEveryoneIsRefusedAndTheNextIsServed() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<CompletableFuture<Void>> busy = new ArrayList<>();
        for (int count = 0; count < 2; count++) {
            busy.add(workers.<Void>submit(() -> {
                        goOn.await();
                        return null;
                    })
                    .toCompletableFuture());
        }
        assertEquals(Fault.BUSY, faultOf(durability.flush().toCompletableFuture()));
        goOn.countDown();
        busy.forEach(CompletableFuture::join);
        durability.flush().toCompletableFuture().join();
        assertEquals(1, calls.count("fdatasync"));
    }

    private static Fault faultOf(CompletableFuture<Void> stage) {
        CompletionException thrown = assertThrows(CompletionException.class, stage::join);
        return ((Failure) thrown.getCause()).fault();
    }
}
