package org.lunaria.iscsi.internal.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.iscsi.cfg, which need not be there. They are taken when the transport starts. */
@ObjectClassDefinition(name = "iSCSI transport", description = "What all targets and portals share")
@interface TransportConfig {

    @AttributeDefinition(
            name = "I/O threads",
            description = "Threads that do the work of all connections; 0 for half as many as there are processors")
    int ioThreads() default 0;

    @AttributeDefinition(
            name = "Buffers",
            description = "Bytes of direct memory for data under way, at most; when they are used up initiators wait")
    long bufferBytes() default 256L << 20;

    @AttributeDefinition(name = "Connections", description = "The most that one portal has open at a time")
    int connectionsMax() default 4096;

    @AttributeDefinition(name = "Sessions", description = "The most that are logged in at a time")
    int sessionsMax() default 8192;

    @AttributeDefinition(name = "Login time", description = "Seconds that a login may take as a whole")
    int loginSeconds() default 10;

    @AttributeDefinition(
            name = "Spin",
            description =
                    "Microseconds that an I/O thread looks for more after a lone command; 0 when processors are scarce")
    int spinMicros() default 0;
}
