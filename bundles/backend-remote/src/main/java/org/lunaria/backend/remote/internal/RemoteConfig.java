package org.lunaria.backend.remote.internal;

import org.lunaria.settings.Effect;
import org.lunaria.settings.Moment;
import org.lunaria.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of etc/org.lunaria.backend.remote-NAME.cfg. */
@ObjectClassDefinition(name = "Remote", description = "A volume that is an export of an NBD server")
@Effect(Moment.AFTER_A_PAUSE)
@interface RemoteConfig {

    @AttributeDefinition(name = "Volume", description = "Name of the volume that this export holds")
    @Effect(Moment.NEVER)
    String backend_id();

    @AttributeDefinition(
            name = "Address",
            description = "nbd://HOST:PORT/EXPORT (port 10809 where there is none), nbds:// with TLS, or"
                    + " nbd+unix:///EXPORT?socket=PATH")
    @Effect(Moment.NEVER)
    String uri();

    @AttributeDefinition(
            name = "Connections",
            description = "1 to 16; more than one only where the server says that it keeps them consistent, and no more"
                    + " than it gives")
    @Range(least = 1, most = 16)
    int connections() default 1;

    @AttributeDefinition(
            name = "Time-out",
            description =
                    "Milliseconds, 100 to 600000, within which the server must answer each request, and let itself"
                            + " be connected to; else it is connected to anew")
    @Range(least = 100, most = 600_000)
    int timeoutMillis() default 30000;

    @AttributeDefinition(
            name = "Reconnection",
            description = "Milliseconds, 0 to 3600000, for which operations wait for a server that is away; later ones"
                    + " fail, and the server is tried again and again")
    @Range(least = 0, most = 3_600_000)
    int reconnectMillis() default 60000;

    @AttributeDefinition(
            name = "Unflushed bytes",
            description = "4 to 256 MiB of the heap: what was written and not flushed yet is kept there, to be written"
                    + " again to a server that comes back; at the half it is flushed")
    @Range(least = 4 << 20, most = 256 << 20)
    long unflushedBytes() default 16777216;

    @AttributeDefinition(
            name = "Authorities",
            description = "Absolute path of a PEM file: certificates of those whom this trusts to name servers; without"
                    + " it, those that the Java virtual machine trusts")
    String tls_authorities() default "";

    @AttributeDefinition(
            name = "Certificate",
            description = "Absolute path of a PEM file: the certificate that this shows to the server, and those that"
                    + " vouch for it")
    String tls_certificate() default "";

    @AttributeDefinition(
            name = "Key",
            description =
                    "Absolute path of a PEM file: the certificate's private key (PKCS #8, not encrypted), readable"
                            + " by its owner only")
    String tls_key() default "";

    @AttributeDefinition(
            name = "Server's name",
            description = "What the server's certificate must name; without it, the host of the address")
    String tls_serverName() default "";
}
