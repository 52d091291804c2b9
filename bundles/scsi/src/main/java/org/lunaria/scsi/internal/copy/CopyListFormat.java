package org.lunaria.scsi.internal.copy;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;

/** The two formats of EXTENDED COPY's parameter list: with a list identifier of one byte, and of four (SPC-4 6.4.3, 6.5.3). */
public enum CopyListFormat {
    LID1(16, BitField.bytes(0, 1), BitField.bytes(2, 2), BitField.bytes(8, 4), BitField.bytes(12, 4)) {
        @Override
        void check(byte[] list) {
            // It has nothing more.
        }
    },

    LID4(48, BitField.bytes(20, 4), BitField.bytes(42, 2), BitField.bytes(44, 2), BitField.bytes(46, 2)) {
        @Override
        void check(byte[] list) throws InvalidCopyList {
            if (list[0] != 0x01) {
                throw InvalidCopyList.field(0);
            }
            if (HEADER_CSCD_LENGTH.get(list) != Cscd.LENGTH_BYTES) {
                throw InvalidCopyList.field(HEADER_CSCD_LENGTH.byteIndex());
            }
            if (G_SENSE.isSet(list)) {
                throw InvalidCopyList.field(G_SENSE.byteIndex(), G_SENSE.bit());
            }
            if (IMMED.isSet(list)) {
                throw InvalidCopyList.field(IMMED.byteIndex(), IMMED.bit());
            }
            if (list[HEADER_CSCD_TYPE_AT] != (byte) 0xFF) {
                throw InvalidCopyList.field(HEADER_CSCD_TYPE_AT);
            }
        }
    };

    /** LIST ID USAGE: the list identifier is not used. */
    private static final int NO_LIST_IDENTIFIER = 3;

    private static final int RESERVED = 1;

    private static final BitField LIST_ID_USAGE = new BitField(1, 4, 2);
    private static final BitField RESERVED_BITS = new BitField(1, 7, 2);
    private static final BitField HEADER_CSCD_LENGTH = BitField.bytes(2, 2);
    private static final BitField G_SENSE = new BitField(15, 1, 1);
    private static final BitField IMMED = new BitField(15, 0, 1);
    private static final int HEADER_CSCD_TYPE_AT = 16;

    private final int headerBytes;
    private final BitField listIdentifier;
    private final BitField cscdBytes;
    private final BitField segmentBytes;
    private final BitField inlineBytes;

    CopyListFormat(
            int headerBytes, BitField listIdentifier, BitField cscdBytes, BitField segmentBytes, BitField inlineBytes) {
        this.headerBytes = headerBytes;
        this.listIdentifier = listIdentifier;
        this.cscdBytes = cscdBytes;
        this.segmentBytes = segmentBytes;
        this.inlineBytes = inlineBytes;
    }

    /** Checks what only this format has. */
    abstract void check(byte[] list) throws InvalidCopyList;

    public int headerBytes() {
        return headerBytes;
    }

    BitField cscdBytes() {
        return cscdBytes;
    }

    BitField segmentBytes() {
        return segmentBytes;
    }

    /** LIST IDENTIFIER, or -1 where none is used. STR and PRIORITY are hints, and have no effect. */
    long listIdentifier(byte[] list) throws InvalidCopyList {
        if (RESERVED_BITS.isSet(list)) {
            throw InvalidCopyList.field(RESERVED_BITS.byteIndex(), RESERVED_BITS.bit());
        }
        long usage = LIST_ID_USAGE.get(list);
        long identifier = listIdentifier.get(list);
        if (usage == RESERVED) {
            throw InvalidCopyList.field(LIST_ID_USAGE.byteIndex(), LIST_ID_USAGE.bit());
        }
        if (usage != NO_LIST_IDENTIFIER) {
            return identifier;
        }
        if (identifier != 0) {
            throw InvalidCopyList.field(listIdentifier.byteIndex());
        }
        return -1;
    }

    /** There is room for no inline data; else a list must be as long as it says. */
    void checkLengths(byte[] list) throws InvalidCopyList {
        long descriptors = cscdBytes.get(list) + segmentBytes.get(list);
        long inline = inlineBytes.get(list);
        if (descriptors > CopyLimits.DESCRIPTOR_LIST_BYTES || descriptors + inline > list.length - headerBytes) {
            throw InvalidCopyList.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        }
        if (inline > 0) {
            throw InvalidCopyList.at(SenseCode.INLINE_DATA_LENGTH_EXCEEDED, inlineBytes.byteIndex());
        }
    }
}
