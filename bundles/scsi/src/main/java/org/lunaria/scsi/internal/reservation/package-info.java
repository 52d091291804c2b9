/**
 * Reservations of a logical unit (SPC-4 5.13): who is registered, who holds a reservation of which type, what each service
 * action of PERSISTENT RESERVE OUT makes of it, and how it is kept on disk.
 *
 * <p>A {@link org.lunaria.scsi.internal.reservation.ReservationState} is immutable, and a {@link
 * org.lunaria.scsi.internal.reservation.ReservationRequest} makes the next one of it without touching anything: when it is
 * made, when it is durable and when it is seen is for the unit to say. Nothing here knows of tasks, units or commands.
 */
package org.lunaria.scsi.internal.reservation;
