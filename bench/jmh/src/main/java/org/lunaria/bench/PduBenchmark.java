package org.lunaria.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Headers alone (RFC 7143 clause 11): the fields of a command read, the fields of an answer written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PduBenchmark {
    private final ByteBuffer received = ByteBuffer.allocateDirect(Framing.BHS_BYTES);
    private final ByteBuffer sent = ByteBuffer.allocateDirect(Framing.BHS_BYTES);
    private final ScsiCommandPdu command = new ScsiCommandPdu();
    private final DataInPdu dataIn = new DataInPdu();
    private final ScsiResponsePdu response = new ScsiResponsePdu();
    private long number;

    public PduBenchmark() {
        command.create(received, 0).read(true).attribute(1).expectedDataTransferLength(4096);
        command.cdb(Cdb.read16(0, 8));
    }

    @Benchmark
    public void decodeScsiCommand(Blackhole hole) {
        hole.consume(Pdu.opcode(received, 0));
        hole.consume(Pdu.dataSegmentBytes(received, 0));
        command.wrap(received, 0);
        hole.consume(command.lun());
        hole.consume(command.initiatorTaskTag());
        hole.consume(command.cmdSN());
        hole.consume(command.read());
        hole.consume(command.write());
        hole.consume(command.attribute());
        hole.consume(command.expectedDataTransferLength());
        hole.consume(command.cdb());
    }

    @Benchmark
    public ByteBuffer encodeDataIn() {
        number++;
        dataIn.create(sent, 0)
                .isFinal(true)
                .status(true)
                .dataSegmentBytes(4096)
                .initiatorTaskTag(number)
                .targetTransferTag(Pdu.RESERVED_TAG)
                .statSN(number)
                .expCmdSN(number)
                .maxCmdSN(number + 128);
        return sent;
    }

    @Benchmark
    public ByteBuffer encodeScsiResponse() {
        number++;
        response.create(sent, 0)
                .initiatorTaskTag(number)
                .statSN(number)
                .expCmdSN(number)
                .maxCmdSN(number + 128);
        return sent;
    }
}
