package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;

/**
 * A copy of a PDU that was sent and may have to be sent again (RFC 7143 7.1). A value; nobody changes the arrays.
 *
 * @param header the basic header segment
 * @param data the data segment
 * @param status whether it used up a StatSN
 */
record SentPdu(ByteBuffer header, byte[] data, boolean status) {

    Opcode opcode() {
        return Pdu.opcode(header, 0).orElseThrow();
    }

    long initiatorTaskTag() {
        return Pdu.initiatorTaskTag(header, 0);
    }

    /** As it stands where Data-In has its fields; StatSN is at the same place in all PDUs of a target. */
    DataInPdu asDataIn() {
        return new DataInPdu().wrap(header, 0);
    }

    long statSN() {
        return asDataIn().statSN();
    }

    /** DataSN of Data-In, R2TSN of an R2T: they have one place (11.7.5, 11.8.3). */
    long number() {
        return asDataIn().dataSN();
    }

    boolean isDataIn() {
        return opcode() == Opcode.DATA_IN;
    }

    /** What of a task may be asked for by number. */
    boolean isNumbered() {
        return isDataIn() || opcode() == Opcode.READY_TO_TRANSFER;
    }

    /** Another header with the same data. */
    SentPdu withHeader(ByteBuffer other) {
        return new SentPdu(other, data, status);
    }

    /** The header, for who changes it. */
    ByteBuffer headerCopy() {
        byte[] copy = new byte[header.capacity()];
        header.get(0, copy);
        return ByteBuffer.wrap(copy);
    }
}
