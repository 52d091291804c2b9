package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.function.Consumer;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.RodLimits;
import org.lunaria.scsi.internal.page.BitField;

/** What the CDBs of POPULATE TOKEN and WRITE USING TOKEN have in common. Immutable. */
final class TokenCommandFields {
    private final BitField listIdentifier;
    private final BitField parameterListLength;
    private final int headerBytes;

    /** @param headerBytes of the parameter list */
    TokenCommandFields(Cdb cdb, int headerBytes) {
        listIdentifier = cdb.place(FieldName.LIST_IDENTIFIER);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
        this.headerBytes = headerBytes;
    }

    /** Receives the parameter list, at least its header, or refuses it. One more descriptor than allowed is let in. */
    void receive(Execution execution, Consumer<byte[]> next) {
        long length = parameterListLength.get(execution.cdb());
        long fits = execution.expectDataOut(length);
        long most = headerBytes + (RodLimits.RANGE_DESCRIPTORS + 1L) * RangeDescriptors.BYTES;
        if (length == 0) {
            execution.good();
        } else if (length < headerBytes || length > most || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, (int) length, next));
        }
    }

    /** Empty when a copy of the same list identifier is in progress. */
    Optional<CopyOperation> begin(Execution execution, int serviceAction) {
        return execution.access().copies().begin(listIdentifier.get(execution.cdb()), serviceAction);
    }
}
