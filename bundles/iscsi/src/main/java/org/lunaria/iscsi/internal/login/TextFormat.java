package org.lunaria.iscsi.internal.login;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How key=value pairs stand in a data segment, and how numbers stand in a value (RFC 7143 6.1). Stateless. */
final class TextFormat {
    private static final int KEY_NAME_CHARACTERS_MAX = 63;
    private static final Pattern DECIMAL_CONSTANT = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern HEX_CONSTANT = Pattern.compile("0[xX](?=[0-9a-fA-F])0*+([0-9a-fA-F]{0,15})");

    private TextFormat() {}

    /**
     * The pairs of a text in their order; empty when it is none: not UTF-8, a pair without '=' or without its NUL, or a
     * key that cannot be one.
     */
    static Optional<List<KeyValue>> parse(byte[] text) {
        List<KeyValue> pairs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] != 0) {
                continue;
            }
            if (i > start) {
                Optional<KeyValue> pair = pair(text, start, i);
                if (pair.isEmpty()) {
                    return Optional.empty();
                }
                pairs.add(pair.get());
            }
            start = i + 1;
        }
        return start == text.length ? Optional.of(pairs) : Optional.empty();
    }

    private static Optional<KeyValue> pair(byte[] text, int from, int to) {
        String pair;
        try {
            pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        int equals = pair.indexOf('=');
        return isKeyName(pair, equals)
                ? Optional.of(new KeyValue(pair.substring(0, equals), pair.substring(equals + 1)))
                : Optional.empty();
    }

    /** Whether the first characters can be a key. Written out, as it is asked for every key of every login. */
    private static boolean isKeyName(String pair, int length) {
        if (length < 1 || length > KEY_NAME_CHARACTERS_MAX) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            char c = pair.charAt(index);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && ".+@_#-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of pairs, each with its NUL. */
    static byte[] format(List<KeyValue> pairs) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (KeyValue pair : pairs) {
            text.writeBytes(pair.toString().getBytes(StandardCharsets.UTF_8));
            text.write(0);
        }
        return text.toByteArray();
    }

    /** Bytes as a hexadecimal constant (6.1). */
    static String binary(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** The bytes of a hexadecimal or base64 constant (6.1); empty when it is none, or longer. */
    static Optional<byte[]> binary(String value, int maxBytes) {
        String digits = value.length() < 2 ? "" : value.substring(2);
        // The longer notation takes two characters a byte.
        if (digits.isEmpty() || digits.length() > 2 * maxBytes) {
            return Optional.empty();
        }
        try {
            byte[] bytes = switch (value.substring(0, 2)) {
                case "0x", "0X" -> HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
                case "0b", "0B" -> Base64.getDecoder().decode(digits);
                default -> new byte[0];
            };
            return bytes.length == 0 || bytes.length > maxBytes ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The number of a decimal or hexadecimal constant below 10^18; empty when it is none. */
    static OptionalLong number(String value) {
        if (DECIMAL_CONSTANT.matcher(value).matches()) {
            return OptionalLong.of(Long.parseLong(value));
        }
        Matcher hex = HEX_CONSTANT.matcher(value);
        return hex.matches() ? OptionalLong.of(Long.parseLong("0" + hex.group(1), 16)) : OptionalLong.empty();
    }
}
