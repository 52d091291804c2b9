package org.lunaria.iscsi.internal.login;

import static org.lunaria.iscsi.internal.login.KeyValue.NO;
import static org.lunaria.iscsi.internal.login.KeyValue.REJECT;
import static org.lunaria.iscsi.internal.login.KeyValue.YES;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the values of two sides become one (RFC 7143 6.2): the function of a key. Values are text as in the PDU. Immutable.
 */
public sealed interface Rule {

    /** Length of a value unless its key says otherwise, in bytes of UTF-8 (RFC 7143 6.1). */
    int MAX_VALUE_BYTES = 255;

    /**
     * What comes of the initiator's value.
     *
     * @param offered by the initiator
     * @param own value of this side; without meaning for declarations
     * @return the agreed value, which is the answer too; or Reject, and what held before goes on to hold
     */
    String apply(String offered, String own);

    /** Whether a value gets an answer. A declaration gets one only when it is rejected. */
    default boolean answered() {
        return true;
    }

    /** For the table in the documentation. */
    String words();

    /** The first in the initiator's list that the own list holds (6.2.1). */
    record Choice() implements Rule {
        @Override
        public String apply(String offered, String own) {
            List<String> acceptable = List.of(own.split(","));
            return Arrays.stream(offered.split(","))
                    .filter(acceptable::contains)
                    .findFirst()
                    .orElse(REJECT);
        }

        @Override
        public String words() {
            return "choice";
        }
    }

    /** Yes if both say Yes (6.2.2). */
    record And() implements Rule {
        @Override
        public String apply(String offered, String own) {
            return switch (offered) {
                case YES -> own;
                case NO -> NO;
                default -> REJECT;
            };
        }

        @Override
        public String words() {
            return "AND";
        }
    }

    /** Yes if one of both says Yes (6.2.2). */
    record Or() implements Rule {
        @Override
        public String apply(String offered, String own) {
            return switch (offered) {
                case YES -> YES;
                case NO -> own;
                default -> REJECT;
            };
        }

        @Override
        public String words() {
            return "OR";
        }
    }

    /** The smaller of two numbers (6.2.2). */
    record Minimum(long least, long most) implements Rule {
        @Override
        public String apply(String offered, String own) {
            OptionalLong value = inRange(offered, least, most);
            return value.isEmpty() ? REJECT : Long.toString(Math.min(value.getAsLong(), Long.parseLong(own)));
        }

        @Override
        public String words() {
            return "minimum " + least + "-" + most;
        }
    }

    /** The larger of two numbers (6.2.2). */
    record Maximum(long least, long most) implements Rule {
        @Override
        public String apply(String offered, String own) {
            OptionalLong value = inRange(offered, least, most);
            return value.isEmpty() ? REJECT : Long.toString(Math.max(value.getAsLong(), Long.parseLong(own)));
        }

        @Override
        public String words() {
            return "maximum " + least + "-" + most;
        }
    }

    /** A number that its sender says and the other takes (6.2). */
    record DeclaredNumber(long least, long most) implements Rule {
        @Override
        public String apply(String offered, String own) {
            OptionalLong value = inRange(offered, least, most);
            return value.isEmpty() ? REJECT : Long.toString(value.getAsLong());
        }

        @Override
        public boolean answered() {
            return false;
        }

        @Override
        public String words() {
            return "declared number " + least + "-" + most;
        }
    }

    /** A text that its sender says and the other takes (6.2). */
    record DeclaredText() implements Rule {
        @Override
        public String apply(String offered, String own) {
            return offered.getBytes(StandardCharsets.UTF_8).length <= MAX_VALUE_BYTES ? offered : REJECT;
        }

        @Override
        public boolean answered() {
            return false;
        }

        @Override
        public String words() {
            return "declared text";
        }
    }

    /** A question that is answered with other keys. */
    record Question() implements Rule {
        @Override
        public String apply(String offered, String own) {
            return offered;
        }

        @Override
        public String words() {
            return "question";
        }
    }

    /** A step of an authentication method that was chosen before, and a mistake without one. */
    record AuthenticationStep() implements Rule {
        @Override
        public String apply(String offered, String own) {
            return REJECT;
        }

        @Override
        public String words() {
            return "step of the method";
        }
    }

    /** No longer negotiated, but never NotUnderstood (13.25). */
    record Obsolete() implements Rule {
        @Override
        public String apply(String offered, String own) {
            return REJECT;
        }

        @Override
        public String words() {
            return "obsolete: Reject";
        }
    }

    static Rule choice() {
        return new Choice();
    }

    static Rule and() {
        return new And();
    }

    static Rule or() {
        return new Or();
    }

    static Rule minimum(long least, long most) {
        return new Minimum(least, most);
    }

    static Rule maximum(long least, long most) {
        return new Maximum(least, most);
    }

    static Rule declaredNumber(long least, long most) {
        return new DeclaredNumber(least, most);
    }

    static Rule declaredText() {
        return new DeclaredText();
    }

    static Rule question() {
        return new Question();
    }

    static Rule authenticationStep() {
        return new AuthenticationStep();
    }

    static Rule obsolete() {
        return new Obsolete();
    }

    private static OptionalLong inRange(String value, long least, long most) {
        OptionalLong number = TextFormat.number(value);
        return number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most
                ? number
                : OptionalLong.empty();
    }
}
