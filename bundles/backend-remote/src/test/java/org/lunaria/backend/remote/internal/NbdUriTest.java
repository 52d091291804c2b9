package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NbdUriTest {

    @Test
    void aHostAPortAndAnExportAreRead() {
        assertEquals(new NbdUri(false, "store-1", 10810, null, "disk"), NbdUri.parse("nbd://store-1:10810/disk"));
        assertEquals(new NbdUri(true, "store-1", 10809, null, ""), NbdUri.parse("nbds://store-1"));
        assertEquals(new NbdUri(false, "::1", 10809, null, "a/b c"), NbdUri.parse("nbd://[::1]/a/b%20c"));
    }

    @Test
    void aSocketOfThisMachineIsRead() {
        assertEquals(
                new NbdUri(false, "", 0, Path.of("/run/nbd.sock"), "disk"),
                NbdUri.parse("nbd+unix:///disk?socket=/run/nbd.sock"));
        assertEquals(
                new NbdUri(true, "", 0, Path.of("/run/nbd.sock"), ""),
                NbdUri.parse("nbds+unix:///?socket=/run/nbd.sock"));
    }

    @Test
    void anythingElseIsRefusedWithWhatToGive() {
        for (String wrong : new String[] {
            "store-1",
            "http://store-1/disk",
            "nbd:///disk",
            "nbd://store-1:0/disk",
            "nbd://store-1:99999/disk",
            "nbd://user@store-1/disk",
            "nbd://store-1/disk#x",
            "nbd://store-1/disk?socket=/x",
            "nbd://store-1/a b",
            "nbd+unix:///disk",
            "nbd+unix://run/disk?socket=/x",
            "nbd+unix:///disk?socket=relative",
            "nbd+unix:///disk?socket=/" + "x".repeat(107),
            "nbd+unix:///disk?socket=/x&other=y",
            "nbd://store-1/" + "x".repeat(4097),
            "nbd://store-1/a%00b"
        }) {
            String message = assertThrows(IllegalArgumentException.class, () -> NbdUri.parse(wrong), wrong)
                    .getMessage();
            assertTrue(message.startsWith("give ") || message.startsWith("leave "), message);
        }
    }
}
