package org.lunaria.iscsi.internal.login;

import java.util.List;
import org.lunaria.iscsi.internal.pdu.Framing;

/**
 * What a login agreed on: one value of each operational key (RFC 7143 clause 13). Immutable. Lengths are bytes.
 *
 * @param headerDigest of every PDU once the login is over
 * @param dataDigest likewise
 * @param initiatorMaxRecvDataSegmentLength the longest data segment that may be sent to the initiator
 * @param targetMaxRecvDataSegmentLength the longest data segment that the initiator may send
 * @param maxBurstLength of a Data-In or solicited Data-Out sequence
 * @param firstBurstLength of a command's unsolicited data, at most maxBurstLength
 * @param initialR2T whether unsolicited Data-Out PDUs are forbidden
 * @param immediateData whether a command may carry data
 * @param maxOutstandingR2T R2Ts of a task that may be open at a time
 * @param defaultTime2Wait seconds
 * @param defaultTime2Retain seconds
 * @param maxConnections of the session
 */
public record Parameters(
        Digest headerDigest,
        Digest dataDigest,
        int initiatorMaxRecvDataSegmentLength,
        int targetMaxRecvDataSegmentLength,
        int maxBurstLength,
        int firstBurstLength,
        boolean initialR2T,
        boolean immediateData,
        int maxOutstandingR2T,
        int defaultTime2Wait,
        int defaultTime2Retain,
        boolean dataPDUInOrder,
        boolean dataSequenceInOrder,
        int errorRecoveryLevel,
        int maxConnections,
        int iSCSIProtocolLevel) {

    /** The most data that one command may bring before it is asked for any. */
    public int unaskedBytes() {
        if (!initialR2T) {
            return firstBurstLength;
        }
        return immediateData ? Math.min(firstBurstLength, targetMaxRecvDataSegmentLength) : 0;
    }

    /** The same with another limit for what is sent to the initiator, which may declare it anew at any time (13.12). */
    public Parameters withInitiatorMaxRecvDataSegmentLength(int bytes) {
        return new Parameters(
                headerDigest,
                dataDigest,
                bytes,
                targetMaxRecvDataSegmentLength,
                maxBurstLength,
                firstBurstLength,
                initialR2T,
                immediateData,
                maxOutstandingR2T,
                defaultTime2Wait,
                defaultTime2Retain,
                dataPDUInOrder,
                dataSequenceInOrder,
                errorRecoveryLevel,
                maxConnections,
                iSCSIProtocolLevel);
    }

    /** These of a connection with the rest from its session (13, "scope"). */
    Parameters joining(Parameters session) {
        return new Parameters(
                headerDigest,
                dataDigest,
                initiatorMaxRecvDataSegmentLength,
                targetMaxRecvDataSegmentLength,
                session.maxBurstLength,
                session.firstBurstLength,
                session.initialR2T,
                session.immediateData,
                session.maxOutstandingR2T,
                session.defaultTime2Wait,
                session.defaultTime2Retain,
                session.dataPDUInOrder,
                session.dataSequenceInOrder,
                session.errorRecoveryLevel,
                session.maxConnections,
                session.iSCSIProtocolLevel);
    }

    /** How PDUs are framed once the login is over (13.1). */
    public Framing framing() {
        return new Framing(headerDigest == Digest.CRC32C, dataDigest == Digest.CRC32C);
    }

    /** As Key=Value, for listings. */
    public List<String> asText() {
        return List.of(
                "HeaderDigest=" + headerDigest.text(),
                "DataDigest=" + dataDigest.text(),
                "MaxRecvDataSegmentLength=" + targetMaxRecvDataSegmentLength,
                "MaxRecvDataSegmentLength(initiator)=" + initiatorMaxRecvDataSegmentLength,
                "MaxBurstLength=" + maxBurstLength,
                "FirstBurstLength=" + firstBurstLength,
                "InitialR2T=" + yesOrNo(initialR2T),
                "ImmediateData=" + yesOrNo(immediateData),
                "MaxOutstandingR2T=" + maxOutstandingR2T,
                "DefaultTime2Wait=" + defaultTime2Wait,
                "DefaultTime2Retain=" + defaultTime2Retain,
                "DataPDUInOrder=" + yesOrNo(dataPDUInOrder),
                "DataSequenceInOrder=" + yesOrNo(dataSequenceInOrder),
                "ErrorRecoveryLevel=" + errorRecoveryLevel,
                "MaxConnections=" + maxConnections,
                "iSCSIProtocolLevel=" + iSCSIProtocolLevel);
    }

    private static String yesOrNo(boolean value) {
        return value ? "Yes" : "No";
    }
}
