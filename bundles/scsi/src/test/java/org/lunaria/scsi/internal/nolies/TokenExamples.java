package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.Arrays;
import java.util.List;
import org.lunaria.scsi.internal.unit.TokenLists;

/** Examples of the commands for offloaded data transfers: three blocks by a token to block 8 of the same unit. */
final class TokenExamples {
    private static final int LIST = 5;
    private static final int FROM = 20;
    private static final int TO = 8;
    private static final int COUNT = 3;
    private static final int ROOM = 4096;
    private static final int TOKEN_BYTES = 512;

    private TokenExamples() {}

    static List<Example> all() {
        return List.of(
                Example.of(0x83, TokenLists.POPULATE_TOKEN)
                        .sends(populate())
                        .lists(10, 4)
                        .then((stand, answer) -> assertEquals(1, information(stand)[5])),
                Example.of(0x83, TokenLists.WRITE_USING_TOKEN)
                        .sends(TokenExamples::write)
                        .lists(10, 4)
                        .writes()
                        .then((stand, answer) -> BlockExamples.assertStored(stand, stand.pattern(FROM, COUNT))),
                Example.of(0x84, TokenLists.RECEIVE_ROD_TOKEN_INFORMATION)
                        .sends(stand -> {
                            stand.send(populate());
                            return in(ROOM, TokenLists.information(LIST, ROOM));
                        })
                        .limits(2, 7, 32)
                        .allocates(10, 4)
                        .then((stand, answer) ->
                                assertEquals(0x800001, answer.buffer().getInt(38))));
    }

    private static Example.Request populate() {
        byte[] list = TokenLists.populate(FROM, COUNT);
        return out(list, TokenLists.out(TokenLists.POPULATE_TOKEN, LIST, list.length));
    }

    private static Example.Request write(Stand stand) {
        stand.send(populate());
        byte[] information = information(stand);
        byte[] token = Arrays.copyOfRange(information, information.length - TOKEN_BYTES, information.length);
        byte[] list = TokenLists.write(0, 0, token, TO, COUNT);
        return out(list, TokenLists.out(TokenLists.WRITE_USING_TOKEN, LIST, list.length));
    }

    private static byte[] information(Stand stand) {
        return stand.send(in(ROOM, TokenLists.information(LIST, ROOM))).data();
    }
}
