package org.lunaria.admin.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Targets;

/** What may be a name. Names become parts of file names, so they are short and plain. Stateless. */
final class NameRule {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** Most characters of an iSCSI name (RFC 7143 4.2.7.1). */
    private static final int MAX_ISCSI_NAME = 223;

    /** The ASCII part of RFC 7143 4.2.7.3 to 4.2.7.5. */
    private static final Pattern ISCSI_NAME =
            Pattern.compile("iqn\\.\\d{4}-(0[1-9]|1[0-2])(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[a-z0-9.:-]+)?"
                    + "|eui\\.[0-9a-f]{16}|naa\\.[0-9a-f]{16}([0-9a-f]{16})?");

    /** One in which some characters are left open. */
    private static final Pattern NAME_PATTERN = Pattern.compile("(iqn|eui|naa)\\.(?=.*[*?])[a-z0-9.:*?-]{1,219}");

    private NameRule() {}

    /** @param subject what is named, for the message */
    static String check(String subject, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ApplianceException(subject + " name '" + name
                    + "': give 1 to 64 of a-z, 0-9, dot, dash and underscore, with a letter or digit first.");
        }
        return name;
    }

    static boolean isIscsiName(String text) {
        return text.length() <= MAX_ISCSI_NAME && ISCSI_NAME.matcher(text).matches();
    }

    /**
     * Initiators as access lists and masks name them, in lower case, in which names are compared. Whether its network is one is for the
     * transport to say.
     */
    static String initiator(String text) {
        String entry = text.toLowerCase(Locale.ROOT);
        int at = entry.lastIndexOf('@');
        String name = at < 0 ? entry : entry.substring(0, at);
        boolean anyName = name.equals(AccessList.ANY) || at >= 0 && name.isEmpty();
        if (!anyName && !NAME_PATTERN.matcher(name).matches() && !isIscsiName(name)) {
            throw new ApplianceException("initiator '" + text
                    + "': give any, an iSCSI name such as iqn.1993-08.org.debian:01:abc (iqn., eui. or naa.), in which *"
                    + " and ? stand for other characters, @NETWORK such as @10.0.0.0/24, or NAME@NETWORK.");
        }
        return entry;
    }

    /** The iSCSI name of a target that is to be made. */
    static String targetIqn(String nameOrIqn) {
        String text = nameOrIqn.toLowerCase(Locale.ROOT);
        if (isIscsiName(text)) {
            return text;
        }
        String iqn = Targets.IQN_PREFIX + check("target", nameOrIqn);
        if (!isIscsiName(iqn)) {
            throw new ApplianceException(
                    "target name '" + nameOrIqn + "': an iSCSI name holds no underscore; give a-z, 0-9, dot and dash.");
        }
        return iqn;
    }

    /** The name of the configuration of a target that is to be made. */
    static String targetName(String nameOrIqn) {
        String text = nameOrIqn.toLowerCase(Locale.ROOT);
        if (!isIscsiName(text)) {
            return check("target", nameOrIqn);
        }
        String own = text.substring(text.indexOf(':') + 1);
        return check("target", own.replace(':', '-'));
    }
}
