package org.lunaria.backend.remote.internal;

import javax.net.ssl.SSLEngine;

/** Gives each connection an engine for TLS. */
@FunctionalInterface
interface TlsEngines {

    /** @throws Refusal when the files that it needs cannot be used */
    SSLEngine next() throws Refusal;
}
