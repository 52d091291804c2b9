package org.lunaria.scsi.internal.unit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** An initiator that has its data copied by tokens, as Windows does. Confined to the test's thread. */
final class TokenClient {
    static final int ROOM = 1024;
    private static final int TOKEN_BYTES = 512;

    private final Initiator initiator;
    private int nextIdentifier = 1;

    TokenClient(Initiator initiator) {
        this.initiator = initiator;
    }

    /** The list identifier of the last command. */
    int identifier() {
        return nextIdentifier - 1;
    }

    Answer populate(int lun, byte[] list) {
        return send(lun, TokenLists.POPULATE_TOKEN, list).answer();
    }

    Answer write(int lun, byte[] list) {
        return send(lun, TokenLists.WRITE_USING_TOKEN, list).answer();
    }

    Sent send(int lun, int serviceAction, byte[] list) {
        nextIdentifier++;
        return sendAgain(lun, serviceAction, list);
    }

    /** With the list identifier of the last command. */
    Sent sendAgain(int lun, int serviceAction, byte[] list) {
        return send(lun, list, TokenLists.out(serviceAction, identifier(), list.length));
    }

    /** COPY OPERATION ABORT of the last command. */
    Sent abort(int lun) {
        return send(lun, new byte[0], TokenLists.abort(identifier()));
    }

    private Sent send(int lun, byte[] list, int[] cdb) {
        return initiator.send((long) lun << 48, TaskAttribute.SIMPLE, new ArrayTransfer(list, 0, false), cdb);
    }

    /** What RECEIVE ROD TOKEN INFORMATION says of the last command. */
    ByteBuffer information(int lun) {
        return initiator
                .onLun(lun, ROOM, TokenLists.information(identifier(), ROOM))
                .buffer();
    }

    /** Makes a token, and asks for it. */
    byte[] token(int lun, long... ranges) {
        Answer answer = populate(lun, TokenLists.populate(ranges));
        if (answer.sense().length > 0) {
            throw new AssertionError(answer.code());
        }
        return lastToken(lun);
    }

    /** The token that the last command made. */
    byte[] lastToken(int lun) {
        byte[] information = information(lun).array();
        return Arrays.copyOfRange(information, information.length - TOKEN_BYTES, information.length);
    }
}
