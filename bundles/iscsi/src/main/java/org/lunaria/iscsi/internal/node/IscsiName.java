package org.lunaria.iscsi.internal.node;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of iSCSI nodes (RFC 7143 4.2.7): {@code iqn.}, {@code eui.} and {@code naa.}. They are compared after stringprep
 * (RFC 3722), of which this does what names in use need: lower case and Unicode normalization form KC. Stateless.
 */
public final class IscsiName {
    /** Bytes in UTF-8 (4.2.7.1). */
    public static final int MAX_BYTES = 223;

    /** A type and anything without blanks, controls and what separates entries of lists. */
    private static final Pattern ANY_NAME = Pattern.compile("(iqn|eui|naa)\\.[^\\s\\p{C},;!=]+");
    /** A date, the reversed domain name of the naming authority, and what that adds (4.2.7.4). */
    private static final Pattern IQN = Pattern.compile(
            "iqn\\.\\d{4}-(0[1-9]|1[0-2])(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+(:[-.:\\p{L}\\p{M}\\p{N}]+)?");
    /** EUI-64 (4.2.7.5). */
    private static final Pattern EUI = Pattern.compile("eui\\.[0-9a-f]{16}");
    /** NAA of 64 or 128 bits (4.2.7.6). */
    private static final Pattern NAA = Pattern.compile("naa\\.([0-9a-f]{16}|[0-9a-f]{32})");

    private IscsiName() {}

    /**
     * A peer's name as it is compared, or empty when it is no name. Generous inside: initiators are often named after
     * hosts or virtual machines, with characters that RFC 3722 forbids, and must get in nevertheless.
     */
    public static Optional<String> normalize(String name) {
        if (name.length() > MAX_BYTES) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        boolean valid = normal.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && ANY_NAME.matcher(normal).matches();
        return valid ? Optional.of(normal) : Optional.empty();
    }

    /** The name of a node of this appliance, normalized, or empty when it does not keep to the RFC to the letter. */
    public static Optional<String> strict(String name) {
        return normalize(name)
                .filter(normal -> IQN.matcher(normal).matches()
                        || EUI.matcher(normal).matches()
                        || NAA.matcher(normal).matches());
    }
}
