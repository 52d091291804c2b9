package org.lunaria.isns.internal.component;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.network.InquiryPort;
import org.lunaria.isns.internal.registration.StatusInquiry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the inquiries of one server, on the address by which it reaches this machine, once one is known. Confined to
 * the thread of its registration.
 */
final class ServedInquiries implements StatusInquiry, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedInquiries.class);

    /** A server that keeps its connection asks at least so often, or connects anew. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final int intervalSeconds;
    private final int configuredPort;
    private InquiryPort listening;

    ServedInquiries(int intervalSeconds, int configuredPort) {
        this.intervalSeconds = intervalSeconds;
        this.configuredPort = configuredPort;
    }

    @Override
    public int intervalSeconds() {
        return intervalSeconds;
    }

    @Override
    public int port(InetAddress local) throws IOException {
        if (listening == null || !listening.address().equals(local)) {
            close();
            listening = InquiryPort.open(new InetSocketAddress(local, configuredPort), SILENCE, ServedInquiries::heard);
        }
        return listening.port();
    }

    @Override
    public void close() throws IOException {
        if (listening != null) {
            listening.close();
            listening = null;
        }
    }

    private static void heard(Message message) {
        LOG.debug("a server sent {}", message.functionName());
    }
}
