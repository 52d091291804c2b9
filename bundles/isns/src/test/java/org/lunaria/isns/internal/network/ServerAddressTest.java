package org.lunaria.isns.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerAddressTest {
    @Test
    void hostHasThePortOfIsnsUnlessItSaysAnother() {
        assertEquals(Optional.of(new ServerAddress("isns.example.org", 3205)), ServerAddress.of("isns.example.org"));
        assertEquals(Optional.of(new ServerAddress("10.0.0.1", 13205)), ServerAddress.of("10.0.0.1:13205"));
        assertEquals(Optional.of(new ServerAddress("2001:db8::1", 3205)), ServerAddress.of("[2001:db8::1]"));
        assertEquals(
                "[2001:db8::1]:1",
                ServerAddress.of("[2001:db8::1]:1").orElseThrow().toString());
    }

    @Test
    void whatIsNeitherNameNorAddressIsNone() {
        for (String none :
                new String[] {"", "a b", "host:", "host:0", "host:65536", "2001:db8::1", ":3205", "-a", "[]"}) {
            assertEquals(Optional.empty(), ServerAddress.of(none), none);
        }
    }
}
