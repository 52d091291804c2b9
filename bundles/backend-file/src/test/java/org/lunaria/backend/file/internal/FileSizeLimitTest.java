package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.Completions;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/** A process that may write no larger files (RLIMIT_FSIZE): the kernel says EFBIG, and sends SIGXFSZ as well. */
class FileSizeLimitTest {

    private static final int LIMIT = 4 << 20;
    private static final int SIZE = 16 << 20;

    @TempDir
    private Path folder;

    @Test
    void behindTheLimitThereIsNoSpaceAndTheProcessGoesOn() throws Exception {
        Path path = folder.resolve("disk.img");
        FileCalls calls = new Glibc();
        new FileBackend(calls, FileOpener.open(calls, Config.creating(path, SIZE))).close();
        Process writer = new ProcessBuilder(
                        "prlimit",
                        "--fsize=" + LIMIT,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told =
                new String(writer.getInputStream().readAllBytes()).lines().toList();
        assertEquals(List.of("done", "NO_SPACE", "NO_SPACE", "NO_SPACE", "done", "closed"), told);
        assertEquals(0, writer.waitFor());
    }

    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            FileCalls calls = new Glibc();
            FileBackend store = new FileBackend(calls, FileOpener.open(calls, Config.settings(Path.of(arguments[0]))));
            tell(store.write(0, TestIo.direct(TestIo.pattern(1, 4096)), EnumSet.noneOf(Flag.class)));
            tell(store.write(LIMIT, TestIo.direct(TestIo.pattern(1, 4096)), EnumSet.noneOf(Flag.class)));
            tell(store.write(LIMIT - 4096, TestIo.direct(TestIo.pattern(1, 8192)), EnumSet.noneOf(Flag.class)));
            tell(store.write(0, TestIo.direct(TestIo.pattern(1, 4096)), EnumSet.of(Flag.ATOMIC)));
            tell(store.write(0, TestIo.direct(TestIo.pattern(1, 4096)), EnumSet.of(Flag.DURABLE)));
            store.close();
            System.out.println("closed");
        }

        private static void tell(CompletionStage<Void> stage) {
            System.out.println(stage.handle((done, thrown) -> thrown == null
                            ? "done"
                            : Completions.failure(thrown).fault())
                    .toCompletableFuture()
                    .join());
        }
    }
}
