package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.List;
import org.lunaria.scsi.internal.unit.Answer;

/** Examples of READ BUFFER and WRITE BUFFER (SPC-4). */
final class BufferExamples {
    private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8};

    private BufferExamples() {}

    static List<Example> all() {
        return List.of(
                fields(Example.of(0x3B))
                        .sends(writeData())
                        .lists(6, 3)
                        .then((stand, answer) ->
                                assertArrayEquals(BYTES, stand.send(readData()).data())),
                fields(Example.of(0x3B))
                        .sends(writeEcho())
                        .lists(6, 3)
                        .then((stand, answer) ->
                                assertArrayEquals(BYTES, stand.send(readEcho()).data())),
                fields(Example.of(0x3C))
                        .sends(stand -> after(writeData(), readData(), stand))
                        .allocates(6, 3)
                        .then((stand, answer) -> assertArrayEquals(BYTES, answer.data())),
                fields(Example.of(0x3C))
                        .sends(stand -> after(writeEcho(), readEcho(), stand))
                        .allocates(6, 3)
                        .then((stand, answer) -> assertArrayEquals(BYTES, answer.data())),
                fields(Example.of(0x3C))
                        .sends(in(4, 0x3C, 0x03, 0, 0, 0, 0, 0, 0, 4, 0))
                        .allocates(6, 3)
                        .then(BufferExamples::hasTheCapacity),
                fields(Example.of(0x3C))
                        .sends(in(4, 0x3C, 0x0B, 0, 0, 0, 0, 0, 0, 4, 0))
                        .allocates(6, 3)
                        .then((stand, answer) -> assertArrayEquals(new byte[] {1, 0, 0x10, 0}, answer.data())));
    }

    private static Example fields(Example example) {
        return example.limits(1, 4, 5).limits(2, 7, 8).limits(3, 7, 24);
    }

    private static Example.Request after(Example.Request before, Example.Request request, Stand stand) {
        stand.send(before);
        return request;
    }

    /** The last bytes that there are. */
    private static Example.Request writeData() {
        return out(BYTES, 0x3B, 0x02, 0, 0, 0xFF, 0xF8, 0, 0, BYTES.length, 0);
    }

    private static Example.Request readData() {
        return in(64, 0x3C, 0x02, 0, 0, 0xFF, 0xF8, 0, 0, 64, 0);
    }

    private static Example.Request writeEcho() {
        return out(BYTES, 0x3B, 0x0A, 0, 0, 0, 0, 0, 0, BYTES.length, 0);
    }

    private static Example.Request readEcho() {
        return in(64, 0x3C, 0x0A, 0, 0, 0, 0, 0, 0, 64, 0);
    }

    /** As much as it says can be written, and not a byte more. */
    private static void hasTheCapacity(Stand stand, Answer answer) {
        int capacity = answer.buffer().getInt(0) & 0xFF_FFFF;
        assertEquals(0, writeLast(stand, capacity, 1).sense().length);
        assertEquals("CDB 6.7", writeLast(stand, capacity, 2).pointer());
    }

    private static Answer writeLast(Stand stand, int capacity, int bytes) {
        int last = capacity - 1;
        return stand.send(
                out(new byte[bytes], 0x3B, 0x02, 0, last >> 16, last >> 8 & 0xFF, last & 0xFF, 0, 0, bytes, 0));
    }
}
