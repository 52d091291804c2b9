/**
 * What stands between a logical unit and its backend. Commands see a {@link Medium}; behind it the {@link BackendSlot}
 * lets backends come and go, holds operations while none is there, and keeps a {@link Guard} before each backend.
 *
 * <p>An operation's way: slot (admitted, counted, or held) - guard (asserted, emulated, counted) - backend. Where the
 * backend completes at once, all of it happens on the caller's thread with two atomic additions.
 */
package org.lunaria.scsi.internal.slot;
