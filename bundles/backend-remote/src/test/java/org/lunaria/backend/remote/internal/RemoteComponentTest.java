package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.PendingBackend;
import org.lunaria.backend.TestServices;
import org.lunaria.settings.InvalidSetting;

class RemoteComponentTest {

    private final TestServices services = new TestServices();

    @TempDir
    Path folder;

    @Test
    void aVolumeIsAServiceFromWhenItsServerIsThereToItsEnd() throws Exception {
        String uri = "nbd+unix:///?socket=" + folder.resolve("nbd.sock");
        RemoteComponent component = new RemoteComponent(services.context(), Volume.config(uri));
        assertTrue(services.all().isEmpty());
        try (NbdServer server = NbdServer.nbdkitAtSocket(folder, "memory", "1M")) {
            while (services.all().isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals("disk-1", services.only().property("backend.id"));
            assertEquals("remote", services.only().property("backend.kind"));
            assertEquals(1048576, services.only().backend().profile().capacityBytes());
            component.deactivate();
            assertTrue(services.all().isEmpty());
        }
    }

    @Test
    void untilItsServerIsThereSomethingSaysWhatItWaitsFor() throws Exception {
        String uri = "nbd+unix:///?socket=" + folder.resolve("nbd.sock");
        RemoteComponent component = new RemoteComponent(services.context(), Volume.config(uri));
        PendingBackend pending = services.pending().get(0);
        String begin =
                "org.lunaria.backend.remote disk-1: uri = " + uri + ": there is no volume to be had from there (";
        String end = "); see that the server runs and has that export, or give another address.";
        assertTrue(pending.trouble().startsWith(begin), pending.trouble());
        while (pending.trouble().equals(begin + "no answer yet" + end)) {
            Thread.onSpinWait();
        }
        assertEquals(begin + "No such file or directory" + end, pending.trouble());
        try (NbdServer server = NbdServer.nbdkitAtSocket(folder, "memory", "1M")) {
            awaitOther(null);
            while (!services.pending().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        component.deactivate();
        assertTrue(services.all().isEmpty());
    }

    @Test
    void whatDoesNotSayWhichBytesTheseAreIsTakenWhileItRuns() throws Exception {
        String uri = "nbd+unix:///?socket=" + folder.resolve("nbd.sock");
        RemoteComponent component = new RemoteComponent(services.context(), Volume.config(uri));
        try (NbdServer server = NbdServer.nbdkitAtSocket(folder, "memory", "1M")) {
            BlockBackend before = awaitOther(null);
            component.modified(Volume.config(uri));
            assertSame(before, services.only().backend());
            component.modified(Volume.config(uri, "reconnectMillis", 1));
            BlockBackend after = awaitOther(before);
            assertEquals("", after.trouble());
            server.kill();
            while (after.trouble().isEmpty()) {
                Thread.onSpinWait();
            }
            assertTrue(after.trouble().contains(" has been away for "), after.trouble());
            component.deactivate();
        }
    }

    @Test
    void anotherExportAndNonsenseAreRefusedAndToldUntilTheyAreSetBack() throws Exception {
        String uri = "nbd+unix:///?socket=" + folder.resolve("nbd.sock");
        RemoteComponent component = new RemoteComponent(services.context(), Volume.config(uri));
        try (NbdServer server = NbdServer.nbdkitAtSocket(folder, "memory", "1M")) {
            BlockBackend volume = awaitOther(null);
            component.modified(Volume.config("nbd://elsewhere/"));
            assertTrue(volume.trouble().contains("uri = nbd://elsewhere/: a volume that runs"), volume.trouble());
            component.modified(Volume.config(uri, "connections", 17));
            assertTrue(volume.trouble().contains("connections = 17: give a whole number"), volume.trouble());
            component.modified(Volume.config(uri));
            assertEquals("", volume.trouble());
            assertSame(volume, services.only().backend());
            component.deactivate();
        }
    }

    private BlockBackend awaitOther(BlockBackend before) {
        while (services.all().isEmpty() || services.only().backend() == before) {
            Thread.onSpinWait();
        }
        return services.only().backend();
    }

    @Test
    void aVolumeWhoseServerNeverComesCanBeEnded() throws Exception {
        RemoteComponent component =
                new RemoteComponent(services.context(), Volume.config("nbd://127.0.0.1:" + NbdServer.freePort()));
        component.deactivate();
        assertTrue(services.all().isEmpty());
        assertTrue(services.pending().isEmpty());
    }

    @Test
    void moreThanAQuarterOfTheHeapIsRefusedAndWhatIsGivenBackFitsAgain() throws Exception {
        long most = Runtime.getRuntime().maxMemory() / 4 >> 20 << 20;
        String uri = "nbd://127.0.0.1:" + NbdServer.freePort();
        for (int i = 0; i < 2; i++) {
            RemoteComponent all = new RemoteComponent(
                    services.context(), Volume.config(uri, "unflushedBytes", Math.min(256 << 20, most)));
            if (most <= 256 << 20) {
                refused("a quarter of the heap", uri, "unflushedBytes", 4 << 20);
            }
            all.deactivate();
        }
    }

    @Test
    void eachBadValueGetsItsSentence() {
        refused("uri is not set: give the address", "");
        refused("uri = ftp://x/: give nbd://host", "ftp://x/");
        refused("connections = 17: give a whole number from 1 to 16", "nbd://x/", "connections", 17);
        refused("timeoutMillis = 99: give a whole number from 100", "nbd://x/", "timeoutMillis", 99);
        refused("reconnectMillis = -1: give a whole number from 0", "nbd://x/", "reconnectMillis", -1);
        refused("unflushedBytes = 5000000: give a multiple of 1048576", "nbd://x/", "unflushedBytes", 5000000);
        refused("tls.key is not set: give a certificate and its key", "nbds://x/", "tls.certificate", "/c.pem");
        refused("tls.authorities = ca.pem: give the absolute path", "nbds://x/", "tls.authorities", "ca.pem");
        refused("this one has no TLS", "nbd://x/", "tls.authorities", "/ca.pem");
        refused("tls.serverName is not set: give what", "nbds+unix:///?socket=/x");
        refused("unknown key url; known keys are", "nbd://x/", "url", "nbd://x/");
    }

    private void refused(String sentence, String uri, Object... keys) {
        InvalidSetting thrown = assertThrows(
                InvalidSetting.class, () -> new RemoteComponent(services.context(), Volume.config(uri, keys)));
        assertTrue(thrown.getMessage().startsWith("org.lunaria.backend.remote disk-1: "), thrown::getMessage);
        assertTrue(thrown.getMessage().contains(sentence), thrown::getMessage);
    }
}
