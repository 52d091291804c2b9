package org.lunaria.scsi.internal.page;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The target ports of a target, which are all in one state for each of its units (SPC-4 5.15.2). Immutable, but for what it tells
 * of the ports and the state.
 *
 * @param identifier TARGET PORT GROUP, 1 to 65535; no other target has it
 * @param ports names of its ports by relative target port identifier at this moment, by any thread; does not block
 * @param configured the state that the administrator wants; it holds for a unit unless an initiator has set another one
 */
public record TargetPortGroup(
        int identifier, Supplier<Map<Integer, String>> ports, Supplier<AccessStatus> configured) {}
