package org.lunaria.backend.memory.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;

class NullBackendTest {

    private final NullBackend store = new NullBackend("disk-1", 1L << 40);

    @Test
    void whatIsReadIsZeroesAndNotWhatTheBufferHeld() {
        byte[] bytes = TestIo.pattern(1, 256 * 1024);
        ByteBuffer buffer = TestIo.direct(bytes);
        TestIo.await(store.write(0, buffer, EnumSet.noneOf(Flag.class)));
        TestIo.await(store.read(0, buffer.clear()));
        buffer.clear().get(bytes);
        assertArrayEquals(new byte[256 * 1024], bytes);
    }

    @Test
    void itClaimsNoMoreThanItDoes() {
        assertEquals(Set.of(Capability.WRITE), store.profile().capabilities());
        assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.unmap(0, 512)));
    }

    @Test
    void afterTheCloseItIsOffline() {
        store.close();
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.flush()));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.read(0, ByteBuffer.allocateDirect(512))));
    }
}
