package org.lunaria.scsi.internal.command;

import java.util.EnumSet;
import java.util.Set;
import org.lunaria.scsi.AccessState;

/** Which commands are done through a target port group that is not active: the one table of it (SPC-4 5.15.2.4). */
final class AccessStateTable {

    /** In whatever state. */
    private static final Set<String> ALWAYS = Set.of(
            "INQUIRY",
            "REPORT LUNS",
            "REPORT TARGET PORT GROUPS",
            "REQUEST SENSE",
            "READ BUFFER (10)",
            "READ BUFFER (16)",
            "WRITE BUFFER");

    /** But not amid a change. */
    private static final Set<String> UNAVAILABLE = Set.of("SET TARGET PORT GROUPS");

    /** In standby; with those that the standard leaves to us, by which hosts get to know the unit. */
    private static final Set<String> STANDBY = Set.of(
            "LOG SELECT",
            "LOG SENSE",
            "MODE SELECT (6)",
            "MODE SELECT (10)",
            "MODE SENSE (6)",
            "MODE SENSE (10)",
            "PERSISTENT RESERVE IN",
            "PERSISTENT RESERVE OUT",
            "RECEIVE DIAGNOSTIC RESULTS",
            "SEND DIAGNOSTIC",
            "READ CAPACITY (10)",
            "READ CAPACITY (16)",
            "REPORT SUPPORTED OPERATION CODES",
            "REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS");

    private AccessStateTable() {}

    /**
     * @param command its name; what is behind a comma is its service action
     */
    static Set<AccessState> statesOf(String command) {
        String name = command.split(", ")[0];
        if (ALWAYS.contains(name)) {
            return EnumSet.allOf(AccessState.class);
        }
        Set<AccessState> states = EnumSet.of(AccessState.ACTIVE_OPTIMIZED, AccessState.ACTIVE_NON_OPTIMIZED);
        if (UNAVAILABLE.contains(name)) {
            states.add(AccessState.UNAVAILABLE);
            states.add(AccessState.STANDBY);
        } else if (STANDBY.contains(name)) {
            states.add(AccessState.STANDBY);
        }
        return states;
    }
}
