package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import org.lunaria.exchange.document.Section;

/**
 * A volume of a draft. A key that cannot be is left out, with a remark. Confined to one thread.
 *
 * @param fresh whether the file had nothing on the same path before; what is presented twice is one volume, and has the keys of
 *     its first place
 */
record DraftVolume(Draft draft, int line, String name, ObjectNode keys, boolean fresh) {
    private static final String DISC = "CDROM";

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
        if (isDisc()) {
            // Sectors of a disc have 2048.
        } else if (bytes.equals("512") || bytes.equals("4096")) {
            number(at, "blockBytes", Integer.parseInt(bytes));
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

    void cdrom(int at) {
        put(at, "type", TextNode.valueOf(DISC));
        if (fresh) {
            keys.put("blockBytes", 2048);
        }
    }

    void flag(int at, String key, boolean value) {
        put(at, key, BooleanNode.valueOf(value));
    }

    void number(int at, String key, int value) {
        put(at, key, IntNode.valueOf(value));
    }

    private boolean isDisc() {
        return keys.path("type").asText().equals(DISC);
    }

    private void put(int at, String key, JsonNode value) {
        if (fresh) {
            keys.set(key, value);
        } else if (!value.equals(keys.get(key))) {
            String there = keys.has(key) ? "with " + keys.get(key).asText() : "without one";
            draft.remark(
                    at,
                    key + " " + value.asText() + ": volume " + name + " stands above already, " + there + "; left out");
        }
    }

    private void text(int at, String key, String value, String pattern, String range) {
        if (!value.matches(pattern)) {
            draft.remark(at, key + " " + value + " of volume " + name + ": " + range + " can be; another is taken");
        } else {
            put(at, key, TextNode.valueOf(value));
        }
    }
}
