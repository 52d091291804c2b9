package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.lunaria.exchange.document.Section;

/**
 * A volume of a draft. A key that cannot be is left out, with a remark. Confined to one thread.
 *
 * @param fresh whether it was not there before; the keys of one that was are left as they are
 */
record DraftVolume(Draft draft, int line, String name, ObjectNode keys, boolean fresh) {

    /** Unit serial number. */
    void serial(int at, String serial) {
        text(at, "serial", serial, "[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, dots, dashes and underscores");
    }

    /** With or without {@code 0x} or {@code naa.} in front. */
    void naa(int at, String naa) {
        String digits = naa.toLowerCase(Locale.ROOT).replaceAll("^(0x|naa\\.)", "");
        text(
                at,
                "naa",
                digits,
                "3[0-9a-f]{15}|6[0-9a-f]{31}",
                "16 hexadecimal digits that begin with 3, or 32 that begin with 6");
    }

    void vendor(int at, String vendor) {
        text(at, "vendor", vendor, "[ -~]{1,8}", "1 to 8 printable characters");
    }

    void product(int at, String product) {
        text(at, "product", product, "[ -~]{1,16}", "1 to 16 printable characters");
    }

    void revision(int at, String revision) {
        text(at, "revision", revision, "[ -~]{1,4}", "1 to 4 printable characters");
    }

    void blockBytes(int at, String bytes) {
        if (bytes.equals("512") || bytes.equals("4096")) {
            number("blockBytes", Integer.parseInt(bytes));
        } else {
            draft.remark(at, "blocks of " + bytes + " bytes: a volume has 512 or 4096; 512 is taken");
        }
    }

    /** Only what is exactly so large is taken then. */
    void sizeBytes(long bytes) {
        if (fresh && keys.path(Section.KIND).asText().equals("file")) {
            ((ObjectNode) keys.get(Section.BACKEND)).put("sizeBytes", bytes);
        }
    }

    void cdrom() {
        if (fresh) {
            keys.put("type", "CDROM").put("blockBytes", 2048);
        }
    }

    void flag(String key, boolean value) {
        if (fresh) {
            keys.put(key, value);
        }
    }

    void number(String key, int value) {
        if (fresh) {
            keys.put(key, value);
        }
    }

    private void text(int at, String key, String value, String pattern, String range) {
        if (!value.matches(pattern)) {
            draft.remark(at, key + " " + value + " of volume " + name + ": " + range + " can be; another is taken");
        } else if (fresh) {
            keys.put(key, value);
        }
    }
}
