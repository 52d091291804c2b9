package org.lunaria.admin.internal;

import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.IscsiTransport;

/** What the transport made of a configuration of a target, a portal or an account. Stateless. */
final class Verdict {
    private Verdict() {}

    static Progress of(Optional<IscsiTransport> transport, InstanceId id, Map<String, Object> values) {
        Optional<String> refusal = transport.flatMap(present -> present.verdict(id.pid(), values));
        if (refusal.isEmpty()) {
            return new Progress.Pending("the iSCSI transport has not looked at " + id + "; see appliance:status.");
        }
        return refusal.get().isEmpty() ? Progress.DONE : new Progress.Failed(refusal.get());
    }
}
