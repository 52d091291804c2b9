package org.lunaria.scsi.internal.nolies;

import java.util.List;
import java.util.stream.Stream;

/**
 * An example, or several, of each command that any unit announces. A command without one fails {@link NoLiesTest}: whoever
 * adds a command shows here that it works.
 */
final class Examples {
    private static final List<Example> ALL = Stream.of(
                    PrimaryExamples.all(),
                    BlockExamples.all(),
                    MediumExamples.all(),
                    ReservationExamples.all(),
                    ModeExamples.all(),
                    InformationExamples.all(),
                    LogExamples.all(),
                    CopyExamples.all(),
                    TokenExamples.all(),
                    AsymmetricAccessExamples.all(),
                    BufferExamples.all(),
                    DiagnosticExamples.all(),
                    SanitizeExamples.all(),
                    MultimediaExamples.all())
            .flatMap(List::stream)
            .toList();

    private Examples() {}

    static List<Example> of(Announced command, UnitKind kind) {
        return ALL.stream()
                .filter(example -> example.isOf(command) && example.worksOn(kind))
                .toList();
    }
}
