package org.lunaria.iscsi.internal.component;

import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of etc/org.lunaria.target-NAME.cfg. */
@ObjectClassDefinition(name = "iSCSI target", description = "A target that initiators log in to")
@Effect(Moment.NEXT_LOGIN)
@interface TargetConfig {

    @AttributeDefinition(
            name = "iSCSI name",
            description = "As iqn.2026-11.org.lunaria:disk1; also eui. or naa. No other target has the same")
    @Effect(Moment.AT_ONCE)
    String iqn();

    @AttributeDefinition(name = "Alias", description = "A name for people, at most 255 bytes; may be empty")
    String alias() default "";

    @AttributeDefinition(
            name = "Portals",
            description = "Names of the portals that the target is reached on, separated by commas; empty for all")
    @Effect(Moment.AT_ONCE)
    String portals() default "";

    @AttributeDefinition(
            name = "Logical units",
            description = "Volumes under their logical unit numbers, as 0=VOLUME,1=OTHER:ro; :ro is read-only")
    @Effect(Moment.AT_ONCE)
    String luns() default "";

    @AttributeDefinition(
            name = "Access",
            description =
                    "Initiators that get in: names, with * and ? for other characters, @NETWORK, NAME@NETWORK, or any;"
                            + " ! in front keeps out whatever else is said. Empty lets nobody in")
    @Effect(Moment.AT_ONCE)
    String access() default "";

    @AttributeDefinition(
            name = "Masks",
            description =
                    "Initiators that do not see all logical units, as"
                            + " iqn.1994-05.com.redhat:host1=0+2:ro,@10.0.0.0/24=none; :ro is read-only. The first that fits counts")
    @Effect(Moment.AT_ONCE)
    String masks() default "";

    @AttributeDefinition(
            name = "Authentication",
            description =
                    "What has to be proved in a login: none, nothing; chap, by the initiator; or mutual, by the target as well"
                            + " to initiators that ask for it",
            options = {@Option("none"), @Option("chap"), @Option("mutual")})
    String auth() default "none";

    @AttributeDefinition(
            name = "Accounts",
            description =
                    "Names of the accounts that auth goes by, separated by commas; one for outgoing among them with"
                            + " mutual")
    String accounts() default "";

    @AttributeDefinition(
            name = "CHAP digests",
            description = "Digests of CHAP that may be used: SHA3-256, SHA-256, and if need be SHA-1 and MD5")
    String chapDigests() default "SHA3-256,SHA-256";

    @AttributeDefinition(
            name = "Redirect",
            description =
                    "Where initiators that log in by a portal are sent to instead, as"
                            + " PORTAL=temporary:10.0.0.2:3260,OTHER=permanent:[2001:db8::2]:3260; sessions that are there stay")
    String redirect() default "";

    @AttributeDefinition(
            name = "Access state",
            description =
                    "State of its target port group (SPC-4 5.15): of active/non-optimized paths hosts make use when"
                            + " there is no better one, by standby and unavailable ones no unit is read or written",
            options = {
                @Option("active/optimized"),
                @Option("active/non-optimized"),
                @Option("standby"),
                @Option("unavailable")
            })
    @Effect(Moment.AT_ONCE)
    String accessState() default "active/optimized";

    @AttributeDefinition(
            name = "MaxRecvDataSegmentLength",
            description = "Bytes of data in one PDU to the target (RFC 7143 13.12)")
    @Range(least = 512, most = BufferPool.BUFFER_BYTES_MAX)
    int maxRecvDataSegmentLength() default Limits.MAX_RECV_DATA_SEGMENT_LENGTH;

    @AttributeDefinition(
            name = "MaxBurstLength",
            description = "Bytes of one sequence of Data-In or solicited Data-Out PDUs (RFC 7143 13.13)")
    @Range(least = 512, most = 16_777_215)
    int maxBurstLength() default Limits.MAX_BURST_LENGTH;

    @AttributeDefinition(
            name = "FirstBurstLength",
            description = "Bytes that a command may bring without being asked, at most maxBurstLength (RFC 7143 13.14)")
    @Range(least = 512, most = 16_777_215)
    int firstBurstLength() default Limits.FIRST_BURST_LENGTH;

    @AttributeDefinition(
            name = "MaxOutstandingR2T",
            description = "Requests for data of one command that may be open at a time (RFC 7143 13.17)")
    @Range(least = 1, most = 65535)
    int maxOutstandingR2T() default Limits.MAX_OUTSTANDING_R2T;

    @AttributeDefinition(
            name = "InitialR2T",
            description = "Forbids Data-Out PDUs that the target has not asked for (RFC 7143 13.10)")
    boolean initialR2T() default false;

    @AttributeDefinition(name = "ImmediateData", description = "Allows data in the PDU of the command (RFC 7143 13.11)")
    boolean immediateData() default true;

    @AttributeDefinition(
            name = "DefaultTime2Wait",
            description = "Seconds that an initiator waits before it comes back (RFC 7143 13.15)")
    @Range(least = 0, most = 3600)
    int defaultTime2Wait() default Limits.DEFAULT_TIME_2_WAIT;

    @AttributeDefinition(
            name = "DefaultTime2Retain",
            description =
                    "Seconds that the tasks of a lost connection are kept, with errorRecoveryLevel 2 (RFC 7143 13.16)")
    @Range(least = 0, most = 3600)
    int defaultTime2Retain() default Limits.DEFAULT_TIME_2_RETAIN;

    @AttributeDefinition(
            name = "ErrorRecoveryLevel",
            description = "0: a fault ends the session; 1: digest errors and lost PDUs are mended; 2: lost connections"
                    + " too (RFC 7143 7.1.5, 13.20)")
    @Range(least = 0, most = 2)
    int errorRecoveryLevel() default Limits.ERROR_RECOVERY_LEVEL;

    @AttributeDefinition(name = "MaxConnections", description = "Connections of a session (RFC 7143 13.2)")
    @Range(least = 1, most = Limits.MAX_CONNECTIONS_MOST)
    int maxConnections() default Limits.MAX_CONNECTIONS;

    @AttributeDefinition(
            name = "SCSI events",
            description = "Tells initiators of unit attentions at once, by an Async Message, too (RFC 7143 11.9.1)")
    @Effect(Moment.AT_ONCE)
    boolean scsiEvents() default false;
}
