package org.lunaria.admin.internal;

import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.scsi.ScsiTargets;

/** What those who serve a configuration made of it. Stateless. */
final class Verdict {
    private Verdict() {}

    /** What the transport made of a configuration of a target, a portal or an account. */
    static Progress of(Optional<IscsiTransport> transport, InstanceId id, Map<String, Object> values) {
        return of("the iSCSI transport", transport.flatMap(there -> there.verdict(id.pid(), values)), id);
    }

    /** Likewise, of the SCSI engine and a logical unit. */
    static Progress ofEngine(Optional<ScsiTargets> engine, InstanceId id, Map<String, Object> values) {
        return of("the SCSI engine", engine.flatMap(there -> there.verdict(id.pid(), values)), id);
    }

    private static Progress of(String judge, Optional<String> refusal, InstanceId id) {
        if (refusal.isEmpty()) {
            return new Progress.Pending(judge + " has not looked at " + id + "; see appliance:status.");
        }
        return refusal.get().isEmpty() ? Progress.DONE : new Progress.Failed(refusal.get());
    }
}
