package org.lunaria.scsi.internal.reservation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lunaria.scsi.internal.saved.SealedText;

/**
 * The text that persistent reservations are kept as: a line for the unit, for the reservation and for each registration,
 * and at last a checksum of what comes before, so that half a file is none.
 *
 * <pre>
 * lunaria-reservations 1
 * unit NAA
 * reservation TYPE INITIATOR-PORT TARGET-DEVICE TARGET-PORT RELATIVE-PORT
 * registration KEY INITIATOR-PORT TARGET-DEVICE TARGET-PORT RELATIVE-PORT
 * crc32c SUM
 * </pre>
 *
 * TYPE, KEY and SUM are hexadecimal. TARGET-PORT is {@code *} for a registration through all ports.
 */
final class ReservationText {
    private static final String SORT = "lunaria-reservations 1";
    private static final String RESERVATION = "reservation";
    private static final String REGISTRATION = "registration";
    private static final int RADIX = 16;
    private static final int WORDS = 6;

    private ReservationText() {}

    static String encode(String unit, ReservationState state) {
        List<String> lines = new ArrayList<>();
        state.reservation()
                .ifPresent(held -> lines.add(line(RESERVATION, held.type().code(), held.nexus())));
        state.registrations()
                .forEach(registration -> lines.add(line(REGISTRATION, registration.key(), registration.nexus())));
        return SealedText.seal(SORT, unit, lines);
    }

    /** @throws IOException when it is not what {@link #encode} gives for this unit, with what is wrong */
    static ReservationState decode(String unit, String text) throws IOException {
        List<String> lines = SealedText.open(SORT, unit, text);
        Optional<Reservation> reservation = Optional.empty();
        List<Registration> registrations = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int line = SealedText.HEADER_LINES + i + 1;
            String[] words = lines.get(i).split(" ");
            if (words.length != WORDS) {
                throw new IOException("line " + line + " has not " + WORDS + " words");
            }
            try {
                NexusName nexus = new NexusName(words[2], words[3], words[4], Integer.parseInt(words[5]));
                long number = Long.parseUnsignedLong(words[1], RADIX);
                switch (words[0]) {
                    case RESERVATION -> reservation = Optional.of(new Reservation(type(number), nexus));
                    case REGISTRATION -> registrations.add(new Registration(nexus, number));
                    default -> throw new IOException("line " + line + " begins with " + words[0]);
                }
            } catch (NumberFormatException e) {
                throw new IOException("line " + line + " has a number that is none", e);
            }
        }
        return ReservationState.of(0, registrations, reservation, true);
    }

    private static ReservationType type(long code) throws IOException {
        return ReservationType.of((int) code).orElseThrow(() -> new IOException("there is no type " + code));
    }

    private static String line(String what, long number, NexusName nexus) {
        StringBuilder text = new StringBuilder(what).append(' ').append(Long.toUnsignedString(number, RADIX));
        for (String name : List.of(nexus.initiatorPort(), nexus.targetDevice(), nexus.targetPort())) {
            if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("a name with blanks: " + name);
            }
            text.append(' ').append(name);
        }
        return text.append(' ').append(nexus.relativePort()).toString();
    }
}
