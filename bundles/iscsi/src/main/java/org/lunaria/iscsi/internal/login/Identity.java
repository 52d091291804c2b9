package org.lunaria.iscsi.internal.login;

import java.util.Optional;
import org.lunaria.iscsi.internal.node.TargetNode;

/**
 * Who logs in, and to what: what the first request of a login must say (RFC 7143 6.3). Immutable.
 *
 * @param initiatorName normalized
 * @param target empty for a discovery session
 */
record Identity(SessionType type, String initiatorName, Optional<TargetNode> target) {}
