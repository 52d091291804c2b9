package org.lunaria.scsi.internal.reservation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

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
    private static final String FIRST_LINE = "lunaria-reservations 1";
    private static final String UNIT = "unit";
    private static final String RESERVATION = "reservation";
    private static final String REGISTRATION = "registration";
    private static final String CHECKSUM = "crc32c";
    private static final int RADIX = 16;
    private static final int WORDS = 6;

    private ReservationText() {}

    static String encode(String unit, ReservationState state) {
        StringBuilder text = new StringBuilder();
        text.append(FIRST_LINE).append('\n');
        text.append(UNIT).append(' ').append(unit).append('\n');
        state.reservation()
                .ifPresent(held -> append(text, RESERVATION, held.type().code(), held.nexus()));
        state.registrations()
                .forEach(registration -> append(text, REGISTRATION, registration.key(), registration.nexus()));
        String sum = checksum(text.toString());
        return text.append(CHECKSUM + " ").append(sum).append('\n').toString();
    }

    /** @throws IOException when it is not what {@link #encode} gives for this unit, with what is wrong */
    static ReservationState decode(String unit, String text) throws IOException {
        int end = text.lastIndexOf(CHECKSUM + " ");
        if (end < 0 || !text.substring(end).equals(CHECKSUM + " " + checksum(text.substring(0, end)) + "\n")) {
            throw new IOException("its checksum is not that of its contents");
        }
        String[] lines = text.substring(0, end).split("\n");
        if (lines.length < 2 || !lines[0].equals(FIRST_LINE) || !lines[1].equals(UNIT + " " + unit)) {
            throw new IOException("it is not that of unit " + unit);
        }
        Optional<Reservation> reservation = Optional.empty();
        List<Registration> registrations = new ArrayList<>();
        for (int i = 2; i < lines.length; i++) {
            String[] words = lines[i].split(" ");
            if (words.length != WORDS) {
                throw new IOException("line " + (i + 1) + " has not " + WORDS + " words");
            }
            try {
                NexusName nexus = new NexusName(words[2], words[3], words[4], Integer.parseInt(words[5]));
                long number = Long.parseUnsignedLong(words[1], RADIX);
                switch (words[0]) {
                    case RESERVATION -> reservation = Optional.of(new Reservation(type(number), nexus));
                    case REGISTRATION -> registrations.add(new Registration(nexus, number));
                    default -> throw new IOException("line " + (i + 1) + " begins with " + words[0]);
                }
            } catch (NumberFormatException e) {
                throw new IOException("line " + (i + 1) + " has a number that is none", e);
            }
        }
        return ReservationState.of(0, registrations, reservation, true);
    }

    private static ReservationType type(long code) throws IOException {
        return ReservationType.of((int) code).orElseThrow(() -> new IOException("there is no type " + code));
    }

    private static void append(StringBuilder text, String what, long number, NexusName nexus) {
        text.append(what).append(' ').append(Long.toUnsignedString(number, RADIX));
        for (String name : List.of(nexus.initiatorPort(), nexus.targetDevice(), nexus.targetPort())) {
            if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("a name with blanks: " + name);
            }
            text.append(' ').append(name);
        }
        text.append(' ').append(nexus.relativePort()).append('\n');
    }

    private static String checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }
}
