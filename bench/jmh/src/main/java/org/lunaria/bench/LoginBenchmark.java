package org.lunaria.bench;

import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.internal.login.LoginNegotiation;
import org.lunaria.iscsi.internal.login.LoginRequest;
import org.lunaria.iscsi.internal.login.LoginResponse;
import org.lunaria.iscsi.internal.login.LoginStep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A whole login (RFC 7143 clause 6) from the first text to the last, without connection and session. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoginBenchmark {
    private static final int SECURITY_NEGOTIATION = 0;
    private static final int LOGIN_OPERATIONAL_NEGOTIATION = 1;
    private static final int FULL_FEATURE_PHASE = 3;

    private final Node node = new Node();
    private final LoginRequest security =
            request(SECURITY_NEGOTIATION, LOGIN_OPERATIONAL_NEGOTIATION, Node.securityText());
    private final LoginRequest operational =
            request(LOGIN_OPERATIONAL_NEGOTIATION, FULL_FEATURE_PHASE, Node.operationalText());

    @Benchmark
    public LoginResponse negotiate() {
        LoginNegotiation login = new LoginNegotiation(node);
        login.receive(security);
        LoginStep last = login.receive(operational);
        if (!(last instanceof LoginStep.Establish)) {
            throw new IllegalStateException("refused: " + last);
        }
        return login.established(1);
    }

    private static LoginRequest request(int current, int next, byte[] text) {
        return new LoginRequest(true, false, current, next, 0, 0, Node.ISID, 0, 7, 1, 1, 1, text);
    }
}
