package org.lunaria.scsi.internal.page;

import java.util.Set;
import java.util.function.Supplier;

/**
 * The target ports of a target, which are all in one state for each of its units (SPC-4 5.15.2). Immutable, but for what it tells
 * of the ports and the state.
 *
 * @param identifier TARGET PORT GROUP, 1 to 65535; no other target has it
 * @param relativePorts relative target port identifiers of its ports at this moment, by any thread; does not block
 * @param configured the state that the administrator wants; it holds for a unit unless an initiator has set another one
 */
public record TargetPortGroup(
        int identifier, Supplier<Set<Integer>> relativePorts, Supplier<AccessStatus> configured) {}
