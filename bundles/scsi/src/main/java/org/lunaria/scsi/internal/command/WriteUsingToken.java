package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.RodType;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/**
 * WRITE USING TOKEN (SBC-3 5.49): writes what a token stands for, or zeroes. All is checked before anything is written; it is
 * never written to blocks that the token stands for, which would revoke it. Of a token that has less than is wanted, what it
 * has is written.
 */
final class WriteUsingToken implements Handler {
    private static final int HEADER_BYTES = 536;
    private static final BitField DEL_TKN = new BitField(2, 1, 1);
    private static final BitField IMMED = new BitField(2, 0, 1);
    private static final BitField OFFSET_INTO_ROD = BitField.bytes(8, 8);
    private static final int TOKEN_AT = 16;

    private final TokenCommandFields fields;

    WriteUsingToken(Cdb cdb) {
        fields = new TokenCommandFields(cdb, HEADER_BYTES);
    }

    @Override
    public void handle(Execution execution) {
        fields.receive(execution, list -> write(execution, list));
    }

    private void write(Execution execution, byte[] list) {
        RangeDescriptors ranges =
                RangeDescriptors.of(list, HEADER_BYTES, execution.device().geometry());
        byte[] shown = Arrays.copyOfRange(list, TOKEN_AT, TOKEN_AT + RodTokenFormat.BYTES);
        Optional<RodType> type = RodTokenFormat.type(shown);
        Optional<Sense> wrong = ranges.wrong().or(() -> wrong(type, shown));
        if (wrong.isPresent()) {
            execution.refuse(wrong.get());
            return;
        }
        switch (type.orElseThrow()) {
            case BLOCK_DEVICE_ZERO ->
                begin(
                        execution,
                        list,
                        new TokenWrite(new ZeroPieces(execution, ranges.blocks()), Optional.empty(), false, false));
            case CHANGE_VULNERABLE -> writeFrom(execution, list, ranges, shown);
        }
    }

    private static Optional<Sense> wrong(Optional<RodType> type, byte[] shown) {
        if (type.isEmpty()) {
            return Optional.of(ofToken(SenseCode.UNSUPPORTED_TOKEN_TYPE));
        }
        return RodTokenFormat.hasLength(shown)
                ? Optional.empty()
                : Optional.of(ofToken(SenseCode.INVALID_TOKEN_LENGTH));
    }

    private static Sense ofToken(SenseCode code) {
        return new Sense(code, OptionalLong.empty(), Optional.of(FieldPointer.parameter(TOKEN_AT)));
    }

    private void writeFrom(Execution execution, byte[] list, RangeDescriptors ranges, byte[] shown) {
        Optional<RodToken> token = execution.device().tokens().all().find(shown);
        Optional<SenseCode> unusable = token.isEmpty()
                ? Optional.of(SenseCode.TOKEN_UNKNOWN)
                : token.map(RodToken::state)
                        .filter(state -> state != RodToken.State.VALID)
                        .map(RodToken.State::code);
        if (unusable.isPresent()) {
            execution.refuse(ofToken(unusable.get()));
            return;
        }
        RodSource source = token.orElseThrow().source();
        Optional<Access> reader = source.reader(execution);
        if (reader.isEmpty()) {
            execution.refuse(ofToken(SenseCode.INVALID_TOKEN_OPERATION));
            return;
        }
        int blockBytes = execution.device().geometry().blockBytes();
        long offset = OFFSET_INTO_ROD.get(list);
        long has = source.lengthBytes() / blockBytes - offset;
        List<Blocks> blocks = ranges.first(has);
        Optional<Integer> wrongAt = offset < 0 || has <= 0 || !source.isAligned(offset * blockBytes)
                ? Optional.of(OFFSET_INTO_ROD.byteIndex())
                : fits(execution, source, blocks) ? Optional.empty() : Optional.of(HEADER_BYTES);
        if (wrongAt.isPresent()) {
            execution.refuse(Sense.invalidField(FieldPointer.parameter(wrongAt.get())));
            return;
        }
        CopyFlow.Pieces pieces = new TokenPieces(execution, blocks, source, reader.get(), offset * blockBytes);
        begin(execution, list, new TokenWrite(pieces, token, DEL_TKN.isSet(list), ranges.blockCount() > has));
    }

    /** Whether blocks can be written from the token, and are not its own. */
    private static boolean fits(Execution execution, RodSource source, List<Blocks> blocks) {
        int blockBytes = execution.device().geometry().blockBytes();
        boolean ontoItself = source.unit() == execution.device()
                && blocks.stream()
                        .anyMatch(range -> source.touches(range.lbaFirst() * blockBytes, range.count() * blockBytes));
        return !ontoItself && source.isWhole(blocks, blockBytes);
    }

    private void begin(Execution execution, byte[] list, TokenWrite write) {
        Optional<CopyOperation> operation = fields.begin(execution, TokenCommands.WRITE_USING_TOKEN);
        if (operation.isEmpty()) {
            execution.refuse(SenseCode.OPERATION_IN_PROGRESS);
            return;
        }
        Optional<List<ByteBuffer>> buffers = CopyBuffers.SHARED.take();
        if (buffers.isEmpty()) {
            execution.access().copies().withdraw(operation.get());
            execution.refuse(ScsiStatus.BUSY);
            return;
        }
        TokenCopy copy = new TokenCopy(execution, operation.get(), write, buffers.get());
        if (IMMED.isSet(list)) {
            copy.startInBackground();
        } else {
            execution.perform(new TokenCopyProcedure(execution, copy));
        }
    }
}
