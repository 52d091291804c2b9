package org.lunaria.iscsi.internal.node;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of iSCSI nodes (RFC 7143 4.2.7): {@code iqn.}, {@code eui.} and {@code naa.}. Names are compared after the
 * profile of stringprep that RFC 3722 gives, of which this does what names in use need: lower case, Unicode
 * normalization form KC, and no character but letters, digits, '-', '.', ':'. Stateless.
 */
public final class IscsiName {
    /** Bytes in UTF-8 (RFC 7143 4.2.7.1). */
    public static final int MAX_BYTES = 223;

    /** A date, the reversed domain name of who names, and what he adds (4.2.7.3). */
    private static final Pattern IQN = Pattern.compile(
            "iqn\\.\\d{4}-(0[1-9]|1[0-2])(\\.[\\p{Alnum}\\p{L}\\p{Nd}]([-\\p{L}\\p{Nd}]*[\\p{L}\\p{Nd}])?)+(:[-.:\\p{L}\\p{M}\\p{N}]+)?");
    /** EUI-64 (4.2.7.4). */
    private static final Pattern EUI = Pattern.compile("eui\\.[0-9a-f]{16}");
    /** NAA of 64 or 128 bits (4.2.7.5). */
    private static final Pattern NAA = Pattern.compile("naa\\.([0-9a-f]{16}|[0-9a-f]{32})");

    private IscsiName() {}

    /** The name as it is compared and stored, or empty when it is no iSCSI name. */
    public static Optional<String> normalize(String name) {
        if (name.length() > MAX_BYTES) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        boolean valid = normal.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && (IQN.matcher(normal).matches()
                        || EUI.matcher(normal).matches()
                        || NAA.matcher(normal).matches());
        return valid ? Optional.of(normal) : Optional.empty();
    }
}
