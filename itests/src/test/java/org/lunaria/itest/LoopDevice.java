package org.lunaria.itest;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A block device over a file, made by losetup(8). That is root's to do: by another user it is done with sudo, which must not
 * ask for a password. Where it cannot be done the test fails and says why.
 */
final class LoopDevice {

    private LoopDevice() {}

    /** The path of a device over the file, which this user may open. */
    static String of(Path file) throws Exception {
        String device = root("losetup", "--find", "--show", file.toString());
        if (!isRoot()) {
            root("chown", System.getProperty("user.name"), device);
        }
        return device;
    }

    static void detach(String device) throws Exception {
        root("losetup", "--detach", device);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String root(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("env", "PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin"));
        all.addAll(isRoot() ? List.of() : List.of("sudo", "-n"));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).trim();
        assertEquals(
                String.join(" ", command) + ": " + said
                        + "; this test needs loop devices, and root or sudo without a password",
                0,
                process.waitFor());
        return said;
    }
}
