package org.lunaria.exchange.foreign;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The login keys of RFC 7143 clause 13 that a file sets for a target. Stateless. */
final class Negotiation {
    private static final Map<String, String> NUMBERS = Map.of(
            "MaxRecvDataSegmentLength", "maxRecvDataSegmentLength",
            "MaxBurstLength", "maxBurstLength",
            "FirstBurstLength", "firstBurstLength",
            "MaxOutstandingR2T", "maxOutstandingR2T",
            "DefaultTime2Wait", "defaultTime2Wait",
            "DefaultTime2Retain", "defaultTime2Retain",
            "ErrorRecoveryLevel", "errorRecoveryLevel",
            "MaxConnections", "maxConnections");

    private static final Map<String, String> FLAGS =
            Map.of("InitialR2T", "initialR2T", "ImmediateData", "immediateData");

    /** What each initiator decides for itself, or what this target has always or never. */
    private static final Set<String> NEEDLESS = Set.of(
            "HeaderDigest",
            "DataDigest",
            "MaxXmitDataSegmentLength",
            "DataPDUInOrder",
            "DataSequenceInOrder",
            "IFMarker",
            "OFMarker",
            "IFMarkInt",
            "OFMarkInt");

    private Negotiation() {}

    /** @return whether the statement is one of these; then it is dealt with */
    static boolean carry(Draft draft, DraftTarget target, Statement statement) {
        String key = statement.keyword();
        String value = statement.word(1);
        if (NUMBERS.containsKey(key) && value.matches("\\d{1,9}")) {
            target.keys().put(NUMBERS.get(key), Integer.parseInt(value));
        } else if (FLAGS.containsKey(key)) {
            target.keys().put(FLAGS.get(key), value.toLowerCase(Locale.ROOT).matches("yes|true|1"));
        } else if (NEEDLESS.contains(key)) {
            draft.leaveOut(statement, "not needed: each login settles it");
        } else {
            return false;
        }
        return true;
    }
}
