package org.lunaria.backend.block.internal;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.backend.block-NAME.cfg. */
@ObjectClassDefinition(name = "Block", description = "A volume on a block device: a disk, partition, logical volume")
@Effect(Moment.AFTER_A_PAUSE)
@interface BlockConfig {

    @AttributeDefinition(name = "Volume", description = "Name of the volume that this device holds")
    @Effect(Moment.NEVER)
    String backend_id();

    @AttributeDefinition(
            name = "Device",
            description = "Absolute path of the block device; one below /dev/disk/by-id stays the same after a restart")
    @Effect(Moment.NEVER)
    String device();

    @AttributeDefinition(
            name = "Direct",
            description = "Reads and writes past the kernel's page cache: for initiators that cache by themselves, and"
                    + " for devices that are quick")
    boolean direct() default false;

    @AttributeDefinition(
            name = "Exclusive",
            description =
                    "Refuses a device that anybody else has, and keeps others out (O_EXCL). Without it the device may be"
                            + " shared with who knows how to; one that is mounted or swapped to is refused all the same")
    boolean exclusive() default true;
}
