package org.lunaria.isns.internal.registration;

import java.io.IOException;
import java.net.InetAddress;

/** Whether, how often and where a server may ask if this client is alive (ESI, RFC 4171 5.6.5.13). */
public interface StatusInquiry {
    /** It is not asked to. */
    StatusInquiry NONE = new StatusInquiry() {
        @Override
        public int intervalSeconds() {
            return 0;
        }

        @Override
        public int port(InetAddress local) {
            throw new IllegalStateException("no inquiries are answered");
        }
    };

    /** 0 for never. */
    int intervalSeconds();

    /**
     * The TCP port on which inquiries are answered from now on.
     *
     * @param local address by which this machine reaches the server, and therefore the server this machine
     * @throws IOException with one sentence on why they cannot be answered there
     */
    int port(InetAddress local) throws IOException;
}
