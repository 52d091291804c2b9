package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.mmc.Disc;
import org.lunaria.scsi.internal.mmc.Msf;
import org.lunaria.scsi.internal.mmc.Profile;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * READ CD and READ CD MSF (MMC-6 6.17, 6.18) of the user data of Mode 1 blocks, which is what a store has; what else a CD has
 * around it is not there to be read.
 */
final class ReadCd implements Handler {
    /** EXPECTED SECTOR TYPE. */
    private static final int ANY = 0;

    private static final int MODE_1 = 2;
    private static final int LAST_TYPE = 5;

    private final BitField sectorType;
    private final BitField userData;
    private final BitField logicalBlockAddress;
    private final BitField transferLength;
    private final BitField startingMsf;
    private final BitField endingMsf;

    ReadCd(Cdb cdb) {
        sectorType = cdb.place(FieldName.EXPECTED_SECTOR_TYPE);
        userData = cdb.place(FieldName.USER_DATA);
        logicalBlockAddress = cdb.optionalPlace(FieldName.LOGICAL_BLOCK_ADDRESS);
        transferLength = cdb.optionalPlace(FieldName.TRANSFER_LENGTH);
        startingMsf = cdb.optionalPlace(FieldName.STARTING_MSF);
        endingMsf = cdb.optionalPlace(FieldName.ENDING_MSF);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Disc disc = LoadedDisc.of(execution.device());
        long type = sectorType.get(cdb);
        if (disc.profile() != Profile.CD_ROM) {
            execution.refuse(SenseCode.CANNOT_READ_MEDIUM_INCOMPATIBLE_FORMAT);
        } else if (type > LAST_TYPE) {
            execution.refuseField(sectorType);
        } else if (type != ANY && type != MODE_1) {
            execution.refuse(SenseCode.ILLEGAL_MODE_FOR_THIS_TRACK);
        } else if (startingMsf == BitField.ABSENT) {
            read(execution, logicalBlockAddress.get(cdb), transferLength.get(cdb));
        } else {
            readMsf(execution, startingMsf.get(cdb), endingMsf.get(cdb));
        }
    }

    /** From a first address to before a last one. */
    private void readMsf(Execution execution, long from, long to) {
        if (!Msf.isValid(from)) {
            execution.refuseField(startingMsf);
        } else if (!Msf.isValid(to) || Msf.lba(to) < Msf.lba(from)) {
            execution.refuseField(endingMsf);
        } else {
            read(execution, Msf.lba(from), Msf.lba(to) - Msf.lba(from));
        }
    }

    private void read(Execution execution, long lbaFirst, long blockCount) {
        Geometry geometry = execution.device().geometry();
        if (execution.isOutOfRange(geometry, lbaFirst, blockCount)) {
            return;
        }
        long bytes = userData.isSet(execution.cdb()) ? blockCount * geometry.blockBytes() : 0;
        long fits = execution.expectDataIn(bytes);
        if (fits == 0) {
            execution.good();
        } else {
            execution.perform(new ReadTransfer(execution, geometry, lbaFirst * geometry.blockBytes(), fits, false));
        }
    }
}
