package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.iscsi.internal.node.Limits;

class KeyTest {

    /** The lines "Use", "Senders", "Scope", the default and the function of each key, as RFC 7143 has them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AuthMethod               | IO   | both      | CO | choice | None    | 12.1",
                "HeaderDigest             | IO   | both      | CO | choice | None    | 13.1",
                "DataDigest               | IO   | both      | CO | choice | None    | 13.1",
                "MaxConnections           | LO   | both      | SW, not in discovery | minimum 1-65535 | 1 | 13.2",
                "SendTargets              | FFPO | initiator | SW | question | | 13.3",
                "TargetName               | IO   | both      | SW | declared text | | 13.4",
                "InitiatorName            | IO   | initiator | SW | declared text | | 13.5",
                "TargetAlias              | ALL  | target    | SW | declared text | | 13.6",
                "InitiatorAlias           | ALL  | initiator | SW | declared text | | 13.7",
                "TargetAddress            | ALL  | target    | SW | declared text | | 13.8",
                "TargetPortalGroupTag     | IO   | target    | SW | declared number 0-65535 | | 13.9",
                "InitialR2T               | LO   | both      | SW, not in discovery | OR | Yes | 13.10",
                "ImmediateData            | LO   | both      | SW, not in discovery | AND | Yes | 13.11",
                "MaxRecvDataSegmentLength | ALL  | both      | CO | declared number 512-16777215 | 8192 | 13.12",
                "MaxBurstLength           | LO   | both      | SW, not in discovery | minimum 512-16777215 | 262144 | 13.13",
                "FirstBurstLength         | LO   | both      | SW, not in discovery | minimum 512-16777215 | 65536 | 13.14",
                "DefaultTime2Wait         | LO   | both      | SW | maximum 0-3600 | 2 | 13.15",
                "DefaultTime2Retain       | LO   | both      | SW | minimum 0-3600 | 20 | 13.16",
                "MaxOutstandingR2T        | LO   | both      | SW, not in discovery | minimum 1-65535 | 1 | 13.17",
                "DataPDUInOrder           | LO   | both      | SW, not in discovery | OR | Yes | 13.18",
                "DataSequenceInOrder      | LO   | both      | SW, not in discovery | OR | Yes | 13.19",
                "ErrorRecoveryLevel       | LO   | both      | SW | minimum 0-2 | 0 | 13.20",
                "SessionType              | LO   | initiator | SW | declared text | Normal | 13.21",
                "TaskReporting            | LO   | both      | SW, not in discovery | choice | RFC3720 | 13.23",
                "iSCSIProtocolLevel       | LO   | both      | SW, not in discovery | minimum 0-31 | 1 | 13.24",
                "X#NodeArchitecture       | LO   | both      | SW | declared text | | 13.26",
            })
    void everyKeyIsAsTheRfcHasIt(
            String text, String use, String sender, String scope, String rule, String initial, String section) {
        Key key = Key.of(text).orElseThrow();
        KeyTable.Row row = KeyTable.row(key);
        assertEquals(
                List.of(text, use, sender, scope, rule, initial == null ? "" : initial, section),
                List.of(text, row.use(), row.sender(), row.scope(), row.rule(), row.initial(), row.section()));
    }

    @Test
    void theKeysThatTheRfcMadeObsoleteAreRejected() {
        for (Key key : List.of(Key.IF_MARKER, Key.OF_MARKER, Key.IF_MARK_INT, Key.OF_MARK_INT)) {
            assertEquals("Reject", key.rule().apply("Yes", ""));
        }
    }

    @Test
    void keysAreComparedToTheLetter() {
        assertEquals(Optional.empty(), Key.of("initiatorname"));
        assertEquals(Optional.of(Key.ISCSI_PROTOCOL_LEVEL), Key.of("iSCSIProtocolLevel"));
    }

    @Test
    void everyKeyThatIsNegotiatedHasAnOffer() {
        var offers = Offer.of(Limits.DEFAULT, false);
        assertEquals(
                Arrays.stream(Key.values())
                        .filter(key ->
                                key.sender() == Key.Sender.BOTH && key.rule().answered())
                        .filter(key ->
                                !(key.rule() instanceof Rule.AuthenticationStep || key.rule() instanceof Rule.Obsolete))
                        .collect(Collectors.toSet()),
                offers.keySet().stream()
                        .filter(key -> key != Key.MAX_RECV_DATA_SEGMENT_LENGTH)
                        .collect(Collectors.toSet()));
    }
}
