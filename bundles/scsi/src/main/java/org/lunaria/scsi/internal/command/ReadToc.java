package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.internal.mmc.Disc;
import org.lunaria.scsi.internal.mmc.Profile;
import org.lunaria.scsi.internal.mmc.TableOfContents;
import org.lunaria.scsi.internal.page.BitField;

/**
 * READ TOC/PMA/ATIP (MMC-6 6.25), formats 0000b to 0010b. Where FORMAT is zero it may stand in the upper bits of the CONTROL
 * byte, as in the standards before MMC-2: there hosts still put it.
 */
final class ReadToc implements Handler {
    private static final int TRACKS = 0;
    private static final int SESSIONS = 1;
    private static final int RAW = 2;

    private final BitField time;
    private final BitField format;
    private final BitField earlierFormat;
    private final BitField number;
    private final BitField allocationLength;

    ReadToc(Cdb cdb) {
        time = cdb.place(FieldName.TIME);
        format = cdb.place(FieldName.FORMAT);
        earlierFormat = cdb.place(FieldName.EARLIER_FORMAT);
        number = cdb.place(FieldName.TRACK_SESSION_NUMBER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Disc disc = LoadedDisc.of(execution.device());
        TableOfContents contents = new TableOfContents(disc, time.isSet(cdb));
        BitField asked = format.isSet(cdb) ? format : earlierFormat;
        int code = (int) asked.get(cdb);
        boolean isDvd = disc.profile() == Profile.DVD_ROM;
        if (code > RAW || code == RAW && isDvd) {
            execution.refuseField(asked);
            return;
        }
        int from = (int) number.get(cdb);
        Optional<byte[]> data = switch (code) {
            case TRACKS -> contents.tracks(from);
            case SESSIONS -> Optional.of(contents.sessions());
            default -> contents.raw(from);
        };
        data.ifPresentOrElse(
                found -> execution.good(found, allocationLength.get(cdb)), () -> execution.refuseField(number));
    }
}
