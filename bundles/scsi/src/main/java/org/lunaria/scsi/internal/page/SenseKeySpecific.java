package org.lunaria.scsi.internal.page;

/** The three bytes of sense-key specific data (SPC-4 4.5.2.4). */
public sealed interface SenseKeySpecific permits FieldPointer, Progress {
    int VALID = 0x80;

    /** Writes them. */
    void put(byte[] sense, int at);
}
