package org.lunaria.scsi.internal.reservation;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An iSCSI TransportID (SPC-4 7.6.4.6): an initiator device, or an initiator port with its ISID. Immutable.
 *
 * @param name of the device, or of the port with ",i,0x" and twelve hexadecimal digits; as the transport writes it
 * @param isPort whether it is that of a port (format 01b)
 * @param lengthBytes how much of the parameter list it takes
 */
record TransportId(String name, boolean isPort, int lengthBytes) {
    private static final int HEADER_BYTES = 4;
    private static final int MIN_NAME_BYTES = 20;
    private static final int ISCSI = 0x5;
    private static final int DEVICE_FORMAT = 0b00;
    private static final int PORT_FORMAT = 0b01;

    /** An iSCSI name has at most 223 bytes (RFC 7143 4.2.7.1); what stands between blanks in a file has none. */
    private static final Pattern NAME = Pattern.compile("(?U)[^\\s\\p{Cntrl},]{1,223}");

    private static final String ISID = ",i,0x";
    private static final Pattern PORT = Pattern.compile("(?U)([^\\s\\p{Cntrl},]{1,223}),i,0x([0-9a-f]{1,12})");

    /** The TransportID of an initiator port, for READ FULL STATUS. */
    static byte[] encode(String initiatorPort) {
        byte[] name = initiatorPort.getBytes(StandardCharsets.UTF_8);
        int padded = Math.max(MIN_NAME_BYTES, name.length + 4 - name.length % 4);
        byte[] id = new byte[HEADER_BYTES + padded];
        id[0] = (byte) (PORT_FORMAT << 6 | ISCSI);
        id[2] = (byte) (padded >> 8);
        id[3] = (byte) padded;
        System.arraycopy(name, 0, id, HEADER_BYTES, name.length);
        return id;
    }

    /** How many bytes one takes that begins at a place, if its header is there. */
    static Optional<Integer> lengthBytes(byte[] list, int at) {
        return at + HEADER_BYTES > list.length
                ? Optional.empty()
                : Optional.of(HEADER_BYTES + ((list[at + 2] & 0xFF) << 8 | list[at + 3] & 0xFF));
    }

    /** The TransportID at a place; empty for one that is none, or not whole, or not iSCSI's. */
    static Optional<TransportId> decode(byte[] list, int at) {
        int length = lengthBytes(list, at).orElse(0);
        int format = list.length > at ? (list[at] & 0xFF) >> 6 : -1;
        boolean valid = length >= HEADER_BYTES + MIN_NAME_BYTES
                && length % 4 == 0
                && at + length <= list.length
                && (list[at] & 0x0F) == ISCSI
                && (format == DEVICE_FORMAT || format == PORT_FORMAT)
                && list[at + length - 1] == 0;
        if (!valid) {
            return Optional.empty();
        }
        int begin = at + HEADER_BYTES;
        int end = begin;
        while (list[end] != 0) {
            end++;
        }
        String text = new String(Arrays.copyOfRange(list, begin, end), StandardCharsets.UTF_8);
        String name = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return format == PORT_FORMAT ? port(name, length) : device(name, length);
    }

    /** Whether it is the name of an initiator port, or of the device that the port is of. */
    boolean names(String initiatorPort) {
        return isPort ? initiatorPort.equals(name) : initiatorPort.startsWith(name + ISID);
    }

    private static Optional<TransportId> port(String name, int length) {
        Matcher port = PORT.matcher(name);
        return port.matches()
                ? Optional.of(new TransportId(
                        port.group(1) + ISID + "0".repeat(12 - port.group(2).length()) + port.group(2), true, length))
                : Optional.empty();
    }

    private static Optional<TransportId> device(String name, int length) {
        return NAME.matcher(name).matches() ? Optional.of(new TransportId(name, false, length)) : Optional.empty();
    }
}
