package org.lunaria.iscsi.internal.login;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.lunaria.iscsi.internal.node.Limits;

/** The key table in the RFC's words, for the documentation and the test that compares it with the RFC. */
final class KeyTable {

    record Row(String use, String sender, String scope, String rule, String initial, String section) {}

    private KeyTable() {}

    static Row row(Key key) {
        return new Row(
                switch (key.use()) {
                    case INITIAL -> "IO";
                    case LEADING -> "LO";
                    case FULL_FEATURE -> "FFPO";
                    case ALL -> "ALL";
                },
                switch (key.sender()) {
                    case INITIATOR -> "initiator";
                    case TARGET -> "target";
                    case BOTH -> "both";
                },
                switch (key.scope()) {
                    case CONNECTION -> "CO";
                    case SESSION -> "SW";
                    case NORMAL_SESSION -> "SW, not in discovery";
                },
                key.rule().words(),
                key.initial(),
                key.section());
    }

    /** The rows of a Markdown table. */
    static String markdown() {
        Map<Key, String> offers = Offer.of(Limits.DEFAULT, false);
        return Arrays.stream(Key.values())
                .map(key -> {
                    Row row = row(key);
                    String offer = offers.getOrDefault(key, "");
                    return "| "
                            + String.join(
                                    " | ",
                                    key.text(),
                                    row.section(),
                                    row.use(),
                                    row.sender(),
                                    row.scope(),
                                    row.rule(),
                                    row.initial(),
                                    offer)
                            + " |\n";
                })
                .collect(Collectors.joining());
    }
}
