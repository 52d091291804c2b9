package com.example.backend.mine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code etc/org.lunaria.backend.mine-NAME.cfg}; the shell completes them, and shows these texts. */
@ObjectClassDefinition(name = "Backend mine", description = "Volumes striped over two files")
public @interface MineConfig {

    @AttributeDefinition(name = "backend.id", description = "Name of the volume")
    String backend_id();

    @AttributeDefinition(description = "Size in bytes, a multiple of 512; it may grow")
    long sizeBytes();

    @AttributeDefinition(description = "Path of the file with the first stripe; on another disk than the second")
    String first();

    @AttributeDefinition(description = "Path of the file with the second stripe")
    String second();

    @AttributeDefinition(description = "Bytes in one file before the other's turn: a multiple of 4096; never changed")
    int stripeBytes() default 65536;

    @AttributeDefinition(description = "Whether the files are to be made; they must not exist then")
    boolean create() default false;
}
