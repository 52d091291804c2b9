package org.lunaria.backend.file.internal;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.backend.file-NAME.cfg. */
@ObjectClassDefinition(name = "File", description = "A volume in a file of a local file system")
@Effect(Moment.AFTER_A_PAUSE)
@interface FileConfig {

    @AttributeDefinition(name = "Volume", description = "Name of the volume that this file holds")
    @Effect(Moment.NEVER)
    String backend_id();

    @AttributeDefinition(name = "Path", description = "Absolute path of the file; its folder must exist")
    @Effect(Moment.NEVER)
    String path();

    @AttributeDefinition(
            name = "Size",
            description =
                    "Bytes, a multiple of 512; -1 takes the size that the file has. A smaller file is refused; one that"
                            + " has grown is served as it is")
    @Effect(Moment.AT_ONCE)
    @Range(
            least = FileSettings.BLOCK_BYTES,
            most = Long.MAX_VALUE / FileSettings.BLOCK_BYTES * FileSettings.BLOCK_BYTES)
    long sizeBytes() default -1;

    @AttributeDefinition(
            name = "Create",
            description = "Makes the file when there is none. A file that is there is opened and never overwritten")
    @Effect(Moment.NEXT_START)
    boolean create() default false;

    @AttributeDefinition(
            name = "Preallocate",
            description = "Takes the space of the whole file from its file system at the start, so that no write meets"
                    + " a full one; such a volume gives no space back")
    boolean preallocate() default false;

    @AttributeDefinition(
            name = "Direct",
            description = "Reads and writes past the page cache (O_DIRECT), for hosts that cache by themselves; needs a"
                    + " file system that can, with blocks of 4096 bytes or more")
    boolean direct() default false;

    @AttributeDefinition(
            name = "Sync",
            description =
                    "Makes each write durable before it is answered, whatever initiators ask for; slower by a wait"
                            + " for the disk")
    boolean sync() default false;
}
