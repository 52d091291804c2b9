package org.lunaria.backend.memory.internal;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The keys of etc/org.lunaria.backend.memory-NAME.cfg. The shell completes and explains them from here, and {@link
 * MemorySettings} knows them from here.
 */
@ObjectClassDefinition(name = "Memory", description = "A volume in memory, gone when it is stopped")
@Effect(Moment.NEVER)
@interface MemoryConfig {

    @AttributeDefinition(name = "Volume", description = "Name of the volume that this memory holds")
    String backend_id();

    @AttributeDefinition(
            name = "Size",
            description =
                    "Bytes, a multiple of 512. Memory is taken when it is written to, up to this. May be made larger"
                            + " while the volume runs")
    // 1 PiB: the null mode takes no memory, whatever its size.
    @Effect(Moment.AT_ONCE)
    @Range(least = MemorySettings.BLOCK_BYTES, most = 1L << 50)
    long sizeBytes();

    @AttributeDefinition(
            name = "Discard writes",
            description = "Drops what is written and reads zeroes, to measure everything but a backend. Loses all data")
    boolean discardWrites() default false;
}
