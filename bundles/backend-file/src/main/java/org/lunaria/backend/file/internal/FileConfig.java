package org.lunaria.backend.file.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.backend.file-NAME.cfg. */
@ObjectClassDefinition(name = "File", description = "A volume in a file of a local file system")
@interface FileConfig {

    @AttributeDefinition(name = "Volume", description = "Name of the volume that this file holds")
    String backend_id();

    @AttributeDefinition(name = "Path", description = "Absolute path of the file; its folder must exist")
    String path();

    @AttributeDefinition(
            name = "Size",
            description =
                    "Bytes, a multiple of 512; -1 takes the size that the file has. A file of another size is refused")
    long sizeBytes() default -1;

    @AttributeDefinition(
            name = "Create",
            description = "Makes the file when there is none. A file that is there is opened and never overwritten")
    boolean create() default false;

    @AttributeDefinition(
            name = "Preallocate",
            description = "Takes the space of the whole file from its file system at the start, so that no write meets"
                    + " a full one; such a volume gives no space back")
    boolean preallocate() default false;
}
