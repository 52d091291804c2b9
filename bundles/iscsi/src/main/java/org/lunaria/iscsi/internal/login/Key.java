package org.lunaria.iscsi.internal.login;

import static org.lunaria.iscsi.internal.login.Key.Scope.CONNECTION;
import static org.lunaria.iscsi.internal.login.Key.Scope.NORMAL_SESSION;
import static org.lunaria.iscsi.internal.login.Key.Scope.SESSION;
import static org.lunaria.iscsi.internal.login.Key.Sender.BOTH;
import static org.lunaria.iscsi.internal.login.Key.Sender.INITIATOR;
import static org.lunaria.iscsi.internal.login.Key.Sender.TARGET;
import static org.lunaria.iscsi.internal.login.Key.Stages.ANY;
import static org.lunaria.iscsi.internal.login.Key.Stages.NONE;
import static org.lunaria.iscsi.internal.login.Key.Stages.OPERATIONAL;
import static org.lunaria.iscsi.internal.login.Key.Stages.SECURITY;
import static org.lunaria.iscsi.internal.login.Key.Use.ALL;
import static org.lunaria.iscsi.internal.login.Key.Use.FULL_FEATURE;
import static org.lunaria.iscsi.internal.login.Key.Use.INITIAL;
import static org.lunaria.iscsi.internal.login.Key.Use.LEADING;
import static org.lunaria.iscsi.internal.login.Rule.and;
import static org.lunaria.iscsi.internal.login.Rule.authenticationStep;
import static org.lunaria.iscsi.internal.login.Rule.choice;
import static org.lunaria.iscsi.internal.login.Rule.declaredNumber;
import static org.lunaria.iscsi.internal.login.Rule.declaredText;
import static org.lunaria.iscsi.internal.login.Rule.maximum;
import static org.lunaria.iscsi.internal.login.Rule.minimum;
import static org.lunaria.iscsi.internal.login.Rule.obsolete;
import static org.lunaria.iscsi.internal.login.Rule.or;
import static org.lunaria.iscsi.internal.login.Rule.question;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The text keys (RFC 7143 clauses 12 and 13): the one table of them. What is negotiated, what a configuration may say and
 * what the documentation shows is read here.
 *
 * <p>A key that begins with {@code X-} or {@code X#} and is not here is a private or public extension that is not
 * understood, like any other unknown key (13.22).
 */
public enum Key {
    AUTH_METHOD("AuthMethod", CONNECTION, INITIAL, SECURITY, BOTH, choice(), "None", "12.1"),
    CHAP_A("CHAP_A", CONNECTION, INITIAL, SECURITY, BOTH, authenticationStep(), "", "12.1.3"),
    CHAP_I("CHAP_I", CONNECTION, INITIAL, SECURITY, BOTH, authenticationStep(), "", "12.1.3"),
    CHAP_C("CHAP_C", CONNECTION, INITIAL, SECURITY, BOTH, authenticationStep(), "", "12.1.3"),
    CHAP_N("CHAP_N", CONNECTION, INITIAL, SECURITY, BOTH, authenticationStep(), "", "12.1.3"),
    CHAP_R("CHAP_R", CONNECTION, INITIAL, SECURITY, BOTH, authenticationStep(), "", "12.1.3"),

    HEADER_DIGEST("HeaderDigest", CONNECTION, INITIAL, OPERATIONAL, BOTH, choice(), "None", "13.1"),
    DATA_DIGEST("DataDigest", CONNECTION, INITIAL, OPERATIONAL, BOTH, choice(), "None", "13.1"),
    MAX_CONNECTIONS("MaxConnections", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, minimum(1, 65535), "1", "13.2"),
    SEND_TARGETS("SendTargets", SESSION, FULL_FEATURE, NONE, INITIATOR, question(), "", "13.3"),
    TARGET_NAME("TargetName", SESSION, INITIAL, ANY, BOTH, declaredText(), "", "13.4"),
    INITIATOR_NAME("InitiatorName", SESSION, INITIAL, ANY, INITIATOR, declaredText(), "", "13.5"),
    TARGET_ALIAS("TargetAlias", SESSION, ALL, ANY, TARGET, declaredText(), "", "13.6"),
    INITIATOR_ALIAS("InitiatorAlias", SESSION, ALL, ANY, INITIATOR, declaredText(), "", "13.7"),
    TARGET_ADDRESS("TargetAddress", SESSION, ALL, ANY, TARGET, declaredText(), "", "13.8"),
    TARGET_PORTAL_GROUP_TAG(
            "TargetPortalGroupTag", SESSION, INITIAL, ANY, TARGET, declaredNumber(0, 65535), "", "13.9"),
    INITIAL_R2T("InitialR2T", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, or(), "Yes", "13.10"),
    IMMEDIATE_DATA("ImmediateData", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, and(), "Yes", "13.11"),
    MAX_RECV_DATA_SEGMENT_LENGTH(
            "MaxRecvDataSegmentLength",
            CONNECTION,
            ALL,
            OPERATIONAL,
            BOTH,
            declaredNumber(512, 0xffffff),
            "8192",
            "13.12"),
    MAX_BURST_LENGTH(
            "MaxBurstLength", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, minimum(512, 0xffffff), "262144", "13.13"),
    FIRST_BURST_LENGTH(
            "FirstBurstLength", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, minimum(512, 0xffffff), "65536", "13.14"),
    DEFAULT_TIME_2_WAIT("DefaultTime2Wait", SESSION, LEADING, OPERATIONAL, BOTH, maximum(0, 3600), "2", "13.15"),
    DEFAULT_TIME_2_RETAIN("DefaultTime2Retain", SESSION, LEADING, OPERATIONAL, BOTH, minimum(0, 3600), "20", "13.16"),
    MAX_OUTSTANDING_R2T(
            "MaxOutstandingR2T", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, minimum(1, 65535), "1", "13.17"),
    DATA_PDU_IN_ORDER("DataPDUInOrder", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, or(), "Yes", "13.18"),
    DATA_SEQUENCE_IN_ORDER("DataSequenceInOrder", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, or(), "Yes", "13.19"),
    ERROR_RECOVERY_LEVEL("ErrorRecoveryLevel", SESSION, LEADING, OPERATIONAL, BOTH, minimum(0, 2), "0", "13.20"),
    SESSION_TYPE("SessionType", SESSION, LEADING, ANY, INITIATOR, declaredText(), "Normal", "13.21"),
    TASK_REPORTING("TaskReporting", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, choice(), "RFC3720", "13.23"),
    ISCSI_PROTOCOL_LEVEL(
            "iSCSIProtocolLevel", NORMAL_SESSION, LEADING, OPERATIONAL, BOTH, minimum(0, 31), "1", "13.24"),
    IF_MARKER("IFMarker", CONNECTION, INITIAL, OPERATIONAL, BOTH, obsolete(), "No", "13.25"),
    OF_MARKER("OFMarker", CONNECTION, INITIAL, OPERATIONAL, BOTH, obsolete(), "No", "13.25"),
    IF_MARK_INT("IFMarkInt", CONNECTION, INITIAL, OPERATIONAL, BOTH, obsolete(), "", "13.25"),
    OF_MARK_INT("OFMarkInt", CONNECTION, INITIAL, OPERATIONAL, BOTH, obsolete(), "", "13.25"),
    NODE_ARCHITECTURE("X#NodeArchitecture", SESSION, LEADING, OPERATIONAL, BOTH, declaredText(), "", "13.26");

    /** What a value holds for. */
    public enum Scope {
        /** CO: one connection. */
        CONNECTION,
        /** SW: the session. */
        SESSION,
        /** SW, and irrelevant in a discovery session. */
        NORMAL_SESSION
    }

    /** When a key may be used. */
    public enum Use {
        /** IO: in the login of any connection. */
        INITIAL,
        /** LO: in the login of a session's first connection. */
        LEADING,
        /** FFPO: in the full feature phase only. */
        FULL_FEATURE,
        /** ALL: in a login, and declared anew in the full feature phase. */
        ALL
    }

    /** In which stages of a login a key may be used. */
    public enum Stages {
        SECURITY,
        OPERATIONAL,
        ANY,
        NONE;

        boolean hold(Stage stage) {
            return switch (this) {
                case SECURITY -> stage == Stage.SECURITY_NEGOTIATION;
                case OPERATIONAL -> stage == Stage.LOGIN_OPERATIONAL_NEGOTIATION;
                case ANY -> true;
                case NONE -> false;
            };
        }
    }

    /** Who may say a key first. */
    public enum Sender {
        INITIATOR,
        TARGET,
        BOTH
    }

    private static final Map<String, Key> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Key::text, Function.identity()));

    private final String text;
    private final Scope scope;
    private final Use use;
    private final Stages stages;
    private final Sender sender;
    private final Rule rule;
    private final String initial;
    private final String section;

    Key(String text, Scope scope, Use use, Stages stages, Sender sender, Rule rule, String initial, String section) {
        this.text = text;
        this.scope = scope;
        this.use = use;
        this.stages = stages;
        this.sender = sender;
        this.rule = rule;
        this.initial = initial;
        this.section = section;
    }

    /** The key of a text, if there is one: keys are compared to the letter. */
    static Optional<Key> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** As it stands in a PDU. */
    public String text() {
        return text;
    }

    public Scope scope() {
        return scope;
    }

    public Use use() {
        return use;
    }

    public Stages stages() {
        return stages;
    }

    public Sender sender() {
        return sender;
    }

    public Rule rule() {
        return rule;
    }

    /** The value that holds when nobody says another, or empty. */
    public String initial() {
        return initial;
    }

    /** Of RFC 7143. */
    public String section() {
        return section;
    }

    /** The least and the most of a numeric key. */
    public Range range() {
        if (rule instanceof Rule.Minimum r) {
            return new Range(r.least(), r.most());
        }
        if (rule instanceof Rule.Maximum r) {
            return new Range(r.least(), r.most());
        }
        if (rule instanceof Rule.DeclaredNumber r) {
            return new Range(r.least(), r.most());
        }
        throw new IllegalStateException(text + " is no number");
    }

    /** Both bounds are allowed. */
    public record Range(long least, long most) {}

    KeyValue with(String value) {
        return new KeyValue(text, value);
    }
}
