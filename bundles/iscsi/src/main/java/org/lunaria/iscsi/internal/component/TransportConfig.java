package org.lunaria.iscsi.internal.component;

import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.iscsi.cfg, which need not be there. They are taken when the transport starts. */
@ObjectClassDefinition(name = "iSCSI transport", description = "What all targets and portals share")
@Effect(Moment.NEXT_START)
@interface TransportConfig {

    @AttributeDefinition(
            name = "I/O threads",
            description = "Threads that do the work of all connections; 0 for half as many as there are processors")
    @Range(least = 0, most = 256)
    int ioThreads() default 0;

    @AttributeDefinition(
            name = "Buffers",
            description = "Bytes of direct memory for data under way, at most; when they are used up initiators wait")
    @Range(least = TransportSettings.BUFFER_BYTES_MIN, most = 1L << 40)
    long bufferBytes() default 256L << 20;

    @AttributeDefinition(name = "Connections", description = "The most that one portal has open at a time")
    @Range(least = 1, most = 65535)
    int connectionsMax() default 4096;

    @AttributeDefinition(name = "Sessions", description = "The most that are logged in at a time")
    @Range(least = 1, most = 65535)
    int sessionsMax() default 8192;

    @AttributeDefinition(name = "Sessions of an initiator", description = "The most that one name has at a time")
    @Range(least = 1, most = 65535)
    int sessionsPerInitiatorMax() default 256;

    @AttributeDefinition(name = "Sessions with a target", description = "The most that one target has at a time")
    @Range(least = 1, most = 65535)
    int sessionsPerTargetMax() default 4096;

    @AttributeDefinition(
            name = "Logins a second",
            description = "The most that begin from one address; others are told to come again")
    @Range(least = 1, most = 1_000_000)
    int loginsPerSecondMax() default 20000;

    @AttributeDefinition(
            name = "Commands",
            description = "The most that one session has under way, without immediate ones; MaxCmdSN keeps them to it")
    // A window below would keep initiators waiting; one above would let one session fill a unit.
    @Range(least = 4, most = 2048)
    int commandsPerSessionMax() default SessionRules.COMMANDS_MAX;

    @AttributeDefinition(
            name = "Ping",
            description = "Seconds of silence after which an initiator is asked whether it is there (NOP-In)")
    @Range(least = 1, most = 3600)
    int pingSeconds() default SessionRules.PING_SECONDS;

    @AttributeDefinition(
            name = "Gone",
            description = "Seconds of silence after which its connection is closed; more than pingSeconds")
    @Range(least = 2, most = 3600)
    int goneSeconds() default SessionRules.GONE_SECONDS;

    @AttributeDefinition(name = "Login time", description = "Seconds that a login may take as a whole")
    @Range(least = 1, most = 600)
    int loginSeconds() default 10;

    @AttributeDefinition(
            name = "Spin",
            description =
                    "Microseconds that an I/O thread looks for more after a lone command; 0 when processors are scarce")
    @Range(least = 0, most = 1000)
    int spinMicros() default 0;
}
