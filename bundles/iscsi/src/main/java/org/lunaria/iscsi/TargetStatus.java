package org.lunaria.iscsi;

import java.util.List;

/**
 * A target that logins may name.
 *
 * @param name of the configuration
 * @param iqn its iSCSI name
 * @param portals names of the portals it is reached on
 * @param sessions logged in now
 */
public record TargetStatus(String name, String iqn, List<String> portals, int sessions) {}
