package org.lunaria.iscsi.internal.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.portal-NAME.cfg. */
@ObjectClassDefinition(name = "iSCSI portal", description = "An address and port that initiators connect to")
@interface PortalConfig {
    /** That of IANA for iSCSI targets (RFC 7143 2.2). */
    int ISCSI_PORT = 3260;

    @AttributeDefinition(
            name = "Address",
            description = "An IPv4 or IPv6 address of this machine; 0.0.0.0 or :: for every address")
    String address();

    @AttributeDefinition(name = "Port", description = "1 to 65535; 0 takes one that is free")
    int port() default ISCSI_PORT;

    @AttributeDefinition(
            name = "Tag",
            description = "Target portal group tag, 1 to 65535 (RFC 7143 13.9)",
            min = "1",
            max = "65535")
    int tag() default 1;
}
