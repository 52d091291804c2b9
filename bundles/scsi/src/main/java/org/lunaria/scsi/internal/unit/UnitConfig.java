package org.lunaria.scsi.internal.unit;

import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.slot.Policy;
import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of a logical unit's configuration, {@code etc/org.lunaria.unit-NAME.cfg}. */
@ObjectClassDefinition(
        name = "Lunaria logical unit",
        description =
                "A disk or a CD/DVD drive that initiators see; its name is the configuration's, its bytes are a backend's")
@Effect(Moment.AT_ONCE)
@interface UnitConfig {

    @AttributeDefinition(name = "backend.id", description = "The backend that holds the bytes")
    String backend_id();

    @AttributeDefinition(
            description =
                    "Another backend, which gets the bytes too, so that it can take the place of the first; none when empty")
    String copyTo() default "";

    @AttributeDefinition(
            description =
                    "What is done with the backend of copyTo: it is made equal, or compared, since it ought to be",
            options = {@Option("COPY"), @Option("COMPARE")})
    String copyMode() default "COPY";

    @AttributeDefinition(description = "Bytes a second that are copied or compared at most; 0 for no limit")
    @Range(least = 0, most = 1L << 40)
    long copyBytesPerSecond() default 0;

    @AttributeDefinition(
            description =
                    "Unit serial number: 1 to 64 letters, digits, dots, dashes, underscores; unique, never changed")
    @Effect(Moment.NEVER)
    String serial();

    @AttributeDefinition(
            description =
                    "NAA identifier: 16 hexadecimal digits that begin with 3, or 32 with 6; unique, never changed")
    @Effect(Moment.NEVER)
    String naa();

    @AttributeDefinition(
            description = "What initiators see: a disk, or a CD/DVD drive with the bytes as its disc; never changed",
            options = {@Option("DISK"), @Option("CDROM")})
    @Effect(Moment.NEVER)
    String type() default "DISK";

    @AttributeDefinition(
            description = "Logical block length in bytes: 512 or 4096 of a DISK, 2048 of a CDROM; never changed")
    @Effect(Moment.NEVER)
    @Range(least = 512, most = 4096)
    int blockBytes() default 512;

    @AttributeDefinition(description = "T10 vendor identification: 1 to 8 printable characters")
    String vendor() default "LUNARIA";

    @AttributeDefinition(description = "Product identification: 1 to 16 printable characters")
    String product() default "VOLUME";

    @AttributeDefinition(
            description = "Product revision level: at most 4 printable characters; the program's when empty")
    String revision() default "";

    @AttributeDefinition(description = "Whether initiators cannot write, as they cannot to a CDROM")
    boolean readOnly() default false;

    @AttributeDefinition(
            description =
                    "Whether a write may be answered before it is durable; initiators then flush when they need it")
    boolean writeCache() default true;

    @AttributeDefinition(
            description =
                    "Whether commands that another initiator aborts are answered TASK ABORTED (TAS); else they end without an"
                            + " answer, and their initiator hears of it by a unit attention")
    boolean taskAbortedStatus() default false;

    @AttributeDefinition(
            description =
                    "Whether initiators can eject and load the medium, as they can that of a CDROM; never changed")
    @Effect(Moment.NEVER)
    boolean removable() default false;

    @AttributeDefinition(description = "1 for solid state, 0 for not reported, or 1025 to 65534 rounds a minute")
    @Effect(Moment.NEVER)
    @Range(least = 0, most = 65_534)
    int rotationRate() default 1;

    @AttributeDefinition(
            description = "What becomes of commands while no backend is there: they wait for one, or fail at once",
            options = {@Option("HOLD"), @Option("FAIL")})
    String whenGone() default "HOLD";

    @AttributeDefinition(description = "Milliseconds that commands wait for a backend at most")
    @Range(least = 0, most = 3_600_000)
    long graceMillis() default 30_000;

    @AttributeDefinition(
            description =
                    "Milliseconds that a backend that goes is waited for until it has ended and flushed what it has;"
                            + " what it has not ended then is done again on the next one")
    @Range(least = 1_000, most = 60_000)
    long drainMillis() default Policy.DRAIN_MILLIS;

    @AttributeDefinition(
            description =
                    "Initiators are told, and appliance:status warns, when no more than so many bytes are left for the volume:"
                            + " a multiple of 1048576, 0 for never; for one that gives back what is unmapped")
    @Range(least = 0, most = 0xFFFF_FFFFL * Limits.THRESHOLD_SET_BYTES)
    long spaceThresholdBytes() default 0;
}
