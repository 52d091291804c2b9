package org.lunaria.iscsi;

import java.util.List;

/**
 * A target that logins may name.
 *
 * @param name of the configuration
 * @param iqn its iSCSI name
 * @param alias for people, or empty
 * @param authenticated whether initiators have to prove who they are (CHAP, RFC 7143 clause 12)
 * @param portals names of the portals it is reached on
 * @param sessions logged in now
 */
public record TargetStatus(
        String name, String iqn, String alias, boolean authenticated, List<String> portals, int sessions) {}
