package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import java.util.Optional;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Volume;
import org.lunaria.admin.Volumes;

/** Watches a volume move to another store, and tells how far it is. Confined to the thread that runs the command. */
public final class MoveProgress {
    private static final long LOOK_MILLIS = 200;
    private static final int PERCENT = 100;

    private final Volumes volumes;
    private final ProgressLines lines;

    /** @param out where it is told, if anywhere */
    public MoveProgress(Volumes volumes, Optional<PrintStream> out) {
        this.volumes = volumes;
        this.lines = new ProgressLines(out);
    }

    /**
     * Returns when the volume has moved. Who interrupts it does not end the move.
     *
     * @param cancels whether a move that fails is ended, for it makes no sense to go on
     * @throws ApplianceException when it does not come to it, with the reason
     */
    public Volume await(String name, boolean cancels) {
        Volume volume = volumes.get(name);
        while (volume.copy().isPresent()) {
            Volume.Copy copy = volume.copy().get();
            if (copy.state() == Volume.Copy.State.FAILED) {
                String reason = "volume " + name + " stays where it is: " + copy.detail();
                if (cancels) {
                    volumes.cancelMove(name);
                    throw new ApplianceException(reason + ".");
                }
                throw new ApplianceException(reason + "; volume:migrate " + name + " --cancel ends the move.");
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ApplianceException("volume " + name + " goes on moving; volume:show " + name
                        + " tells how far it is, and volume:migrate " + name + " --cancel ends it.");
            }
            lines.tell(() -> text(copy));
            volume = volumes.get(name);
        }
        return volume;
    }

    /** Such as "37 % of 10G, 512M a second". */
    public static String text(Volume.Copy copy) {
        long percent = copy.totalBytes() == 0 ? 0 : copy.copiedBytes() * PERCENT / copy.totalBytes();
        return percent + " % of " + new ByteSize(copy.totalBytes())
                + (copy.bytesPerSecond() == 0 ? "" : ", " + (copy.bytesPerSecond() >> 20) + "M a second");
    }
}
