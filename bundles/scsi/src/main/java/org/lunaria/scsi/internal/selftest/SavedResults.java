package org.lunaria.scsi.internal.selftest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.SelfTestResult;
import org.lunaria.scsi.internal.page.SelfTestResult.Outcome;

/** Results of self-tests as a text that is saved: {@code 1 PASSED 12 -1 -;5 READ_FAILED 13 4711 WRITE_ERROR}. */
final class SavedResults {
    private static final String NO_CAUSE = "-";

    private SavedResults() {}

    static String encode(List<SelfTestResult> results) {
        return results.stream()
                .map(result -> result.testCode() + " " + result.outcome() + " " + result.hours() + " "
                        + result.failedLba() + " "
                        + result.cause().map(Enum::name).orElse(NO_CAUSE))
                .collect(Collectors.joining(";"));
    }

    /** What is not understood, another version wrote: it is left out. */
    static List<SelfTestResult> decode(String text) {
        List<SelfTestResult> results = new ArrayList<>();
        for (String result : text.split(";")) {
            decodeOne(result).ifPresent(results::add);
        }
        return results;
    }

    private static Optional<SelfTestResult> decodeOne(String text) {
        List<String> words = Arrays.asList(text.split(" "));
        if (words.size() != 5) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SelfTestResult(
                    Integer.parseInt(words.get(0)),
                    Outcome.valueOf(words.get(1)),
                    Integer.parseInt(words.get(2)),
                    Long.parseLong(words.get(3)),
                    words.get(4).equals(NO_CAUSE) ? Optional.empty() : Optional.of(SenseCode.valueOf(words.get(4)))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
