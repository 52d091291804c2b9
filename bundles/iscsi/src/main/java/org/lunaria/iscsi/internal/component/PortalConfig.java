package org.lunaria.iscsi.internal.component;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of etc/org.lunaria.portal-NAME.cfg. */
@ObjectClassDefinition(name = "iSCSI portal", description = "An address and port that initiators connect to")
@Effect(Moment.AT_ONCE)
@interface PortalConfig {
    /** That of IANA for iSCSI targets (RFC 7143 2.2). */
    int ISCSI_PORT = 3260;

    @AttributeDefinition(
            name = "Address",
            description = "An IPv4 or IPv6 address of this machine; 0.0.0.0 or :: for every address")
    String address();

    @AttributeDefinition(name = "Port", description = "TCP port; 0 takes one that is free")
    @Range(least = 0, most = 65535)
    int port() default ISCSI_PORT;

    @AttributeDefinition(name = "Tag", description = "Target portal group tag (RFC 7143 13.9)")
    @Range(least = 1, most = 65535)
    int tag() default 1;

    @AttributeDefinition(
            name = "Discovery authentication",
            description =
                    "What has to be proved in a discovery session: none, nothing; chap, by the initiator; or mutual, by the target as well"
                            + " to initiators that ask for it",
            options = {@Option("none"), @Option("chap"), @Option("mutual")})
    @Effect(Moment.NEXT_LOGIN)
    String discoveryAuth() default "none";

    @AttributeDefinition(
            name = "Discovery accounts",
            description =
                    "Names of the accounts that discoveryAuth goes by, separated by commas; one for outgoing among"
                            + " them with mutual")
    @Effect(Moment.NEXT_LOGIN)
    String discoveryAccounts() default "";

    @AttributeDefinition(
            name = "Discovery CHAP digests",
            description = "Digests of CHAP that may be used: SHA3-256, SHA-256, and if need be SHA-1 and MD5")
    @Effect(Moment.NEXT_LOGIN)
    String discoveryChapDigests() default "SHA3-256,SHA-256";
}
