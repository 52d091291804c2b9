package org.lunaria.scsi.internal.command;

import java.util.Optional;

/**
 * What a WRITE USING TOKEN is to do. Immutable, but for the pieces.
 *
 * @param token that is read from; none where zeroes are written
 * @param deletes whether the token ends when all is written (DEL_TKN)
 * @param isPartial whether the token has less than is wanted of it
 */
record TokenWrite(CopyFlow.Pieces pieces, Optional<RodToken> token, boolean deletes, boolean isPartial) {}
