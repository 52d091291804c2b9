package org.lunaria.isns.internal.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** One attribute: tag, length, value (RFC 4171 5.3). Immutable. */
public final class Attribute {
    /** Tag and length. */
    static final int HEADER_BYTES = 8;

    /** The longest text (6.1): 255 bytes and the NULL. */
    public static final int TEXT_BYTES_MAX = 255;

    private static final int ALIGNMENT = 4;
    private static final int ADDRESS_BYTES = 16;
    private static final int IPV4_BYTES = 4;
    /** What precedes an IPv4 address that is mapped into one of IPv6 (6.2.3). */
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private final long tag;
    private final byte[] value;

    private Attribute(long tag, byte[] value) {
        this.tag = tag;
        this.value = value;
    }

    /** Without a value: asks for one, or says that there is none (5.6.4.1, 6.5.4). */
    public static Attribute empty(Tag tag) {
        return new Attribute(tag.number(), new byte[0]);
    }

    public static Attribute number(Tag tag, long number) {
        return new Attribute(
                tag.number(),
                ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array());
    }

    /** A time in seconds since 1970 (6.2.4). */
    public static Attribute seconds(Tag tag, long seconds) {
        return new Attribute(
                tag.number(), ByteBuffer.allocate(Long.BYTES).putLong(seconds).array());
    }

    /** UTF-8, ended by a NULL, and filled up with more of them. What is too long is cut between two characters. */
    public static Attribute text(Tag tag, String text) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        byte[] bytes = cut.getBytes(StandardCharsets.UTF_8);
        return new Attribute(tag.number(), Arrays.copyOf(bytes, aligned(bytes.length + 1)));
    }

    /** 16 bytes; an IPv4 address is mapped (6.3.1). */
    public static Attribute address(Tag tag, InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer value = ByteBuffer.allocate(ADDRESS_BYTES);
        if (bytes.length == IPV4_BYTES) {
            value.put(IPV4_MAPPED);
        }
        return new Attribute(tag.number(), value.put(bytes).array());
    }

    /**
     * Takes one from the payload of a message.
     *
     * @throws MalformedMessage when it is not whole, or not aligned (5.3.1)
     */
    static Attribute read(ByteBuffer payload) throws MalformedMessage {
        if (payload.remaining() < HEADER_BYTES) {
            throw new MalformedMessage("An attribute ends within its tag and length.");
        }
        long tag = Integer.toUnsignedLong(payload.getInt());
        long length = Integer.toUnsignedLong(payload.getInt());
        if (length % ALIGNMENT != 0 || length > payload.remaining()) {
            throw new MalformedMessage("The attribute with tag " + tag + " says that it has " + length + " bytes, of "
                    + payload.remaining() + " that are there.");
        }
        byte[] value = new byte[(int) length];
        payload.get(value);
        return new Attribute(tag, value);
    }

    void write(ByteBuffer payload) {
        payload.putInt((int) tag).putInt(value.length).put(value);
    }

    /** In a payload. */
    public int sizeBytes() {
        return HEADER_BYTES + value.length;
    }

    public boolean is(Tag other) {
        return tag == other.number();
    }

    public boolean isEmpty() {
        return value.length == 0;
    }

    /** The value of a number, unsigned. */
    public long number() throws MalformedMessage {
        return Integer.toUnsignedLong(ByteBuffer.wrap(exactly(Integer.BYTES)).getInt());
    }

    /** The value of an address; a mapped one is IPv4. */
    public InetAddress address() throws MalformedMessage {
        try {
            return InetAddress.getByAddress(exactly(ADDRESS_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** The value of a text, up to its NULL. */
    public String text() throws MalformedMessage {
        for (int length = 0; length < value.length; length++) {
            if (value[length] == 0) {
                return new String(value, 0, length, StandardCharsets.UTF_8);
            }
        }
        throw new MalformedMessage("The text with tag " + tag + " has no end.");
    }

    private byte[] exactly(int bytes) throws MalformedMessage {
        if (value.length != bytes) {
            throw new MalformedMessage(
                    "The attribute with tag " + tag + " has " + value.length + " bytes instead of " + bytes + ".");
        }
        return value;
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attribute that && tag == that.tag && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(tag) * 31 + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return tag + "=" + HexFormat.of().formatHex(value);
    }
}
