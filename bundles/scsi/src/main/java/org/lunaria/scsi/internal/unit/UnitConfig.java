package org.lunaria.scsi.internal.unit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of a logical unit's configuration, {@code etc/org.lunaria.unit-NAME.cfg}. */
@ObjectClassDefinition(
        name = "Lunaria logical unit",
        description =
                "A disk or a CD/DVD drive that initiators see; its name is the configuration's, its bytes are a backend's")
@interface UnitConfig {

    @AttributeDefinition(name = "backend.id", description = "Which backend holds the bytes")
    String backend_id();

    @AttributeDefinition(
            description =
                    "Another backend, which gets the bytes too, so that it can take the place of the first; none when empty")
    String copyTo() default "";

    @AttributeDefinition(
            description = "What is done with the other backend: it is made equal, or compared, since it ought to be",
            options = {@Option("COPY"), @Option("COMPARE")})
    String copyMode() default "COPY";

    @AttributeDefinition(description = "How fast that is at most, in bytes a second; 0 for no limit")
    long copyBytesPerSecond() default 0;

    @AttributeDefinition(
            description =
                    "Unit serial number: 1 to 64 letters, digits, dots, dashes, underscores; unique, never changed")
    String serial();

    @AttributeDefinition(
            description =
                    "NAA identifier: 16 hexadecimal digits that begin with 3, or 32 with 6; unique, never changed")
    String naa();

    @AttributeDefinition(
            description = "What initiators see: a disk, or a CD/DVD drive with the bytes as its disc; never changed",
            options = {@Option("DISK"), @Option("CDROM")})
    String type() default "DISK";

    @AttributeDefinition(
            description = "Logical block length in bytes: 512 or 4096 of a DISK, 2048 of a CDROM; never changed")
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
    boolean removable() default false;

    @AttributeDefinition(description = "1 for solid state, 0 for not reported, or 1025 to 65534 rounds a minute")
    int rotationRate() default 1;

    @AttributeDefinition(
            description = "What becomes of commands while no backend is there: wait for one, or fail at once",
            options = {@Option("HOLD"), @Option("FAIL")})
    String whenGone() default "HOLD";

    @AttributeDefinition(description = "How long they wait at most, in milliseconds: 0 to 3600000")
    long graceMillis() default 30_000;

    @AttributeDefinition(
            description =
                    "Initiators are told, and appliance:status warns, when no more than so many bytes are left for the volume:"
                            + " a multiple of 1048576, 0 for never; for one that gives back what is unmapped")
    long spaceThresholdBytes() default 0;
}
