package org.lunaria.scsi.internal.operation;

/**
 * How far an operation has come. Immutable.
 *
 * @param pass which run over the medium
 * @param offset in bytes, that it goes on from
 */
public record Position(int pass, long offset) {
    public static final Position START = new Position(0, 0);
}
