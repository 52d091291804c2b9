package org.lunaria.iscsi.internal.component;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.lunaria.iscsi.internal.login.LoginOutcome;

/** Remembers the sessions of which initiators were ended, and why. */
final class EndedSessions implements ServedTarget.Sessions {
    final List<LoginOutcome> sessions = new ArrayList<>();
    final List<String> dropped = new ArrayList<>();
    final List<String> revoked = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();

    @Override
    public void dropWhere(Predicate<LoginOutcome> which, String why) {
        end(which, why, dropped);
    }

    @Override
    public void revokeWhere(Predicate<LoginOutcome> which, String why) {
        end(which, why, revoked);
    }

    private void end(Predicate<LoginOutcome> which, String why, List<String> ended) {
        reasons.add(why);
        sessions.stream().filter(which).map(LoginOutcome::initiatorName).forEach(ended::add);
    }
}
