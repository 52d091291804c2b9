package org.lunaria.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What components made of their configurations. A change that cannot be taken leaves its component as it was, which nobody
 * sees from outside. Thread-safe.
 */
public final class Verdicts {
    /** @param refusal one sentence, or empty */
    private record Verdict(Map<String, ?> properties, String refusal) {}

    private static final String PID = "service.pid";

    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    /** @param properties as Declarative Services hands them over */
    public void taken(Map<String, ?> properties) {
        judge(properties, "");
    }

    /** @param sentence for the administrator */
    public void refused(Map<String, ?> properties, String sentence) {
        judge(properties, sentence);
    }

    /** @param sentence on why it was not taken, or an empty text */
    public void judge(Map<String, ?> properties, String sentence) {
        judge(pid(properties), properties, sentence);
    }

    /** Likewise, of a configuration that need not be there: then its properties do not name it. */
    public void judge(String pid, Map<String, ?> properties, String sentence) {
        verdicts.put(pid, new Verdict(Map.copyOf(properties), sentence));
    }

    /** The configuration is gone, or its component. */
    public void forget(String pid) {
        verdicts.remove(pid);
    }

    /** Whether such a configuration was taken: empty when it was not looked at yet; else why not, or an empty text. */
    public Optional<String> of(String pid, Map<String, ?> values) {
        return Optional.ofNullable(verdicts.get(pid))
                .filter(verdict -> values.entrySet().stream()
                        .allMatch(value ->
                                Objects.deepEquals(verdict.properties().get(value.getKey()), value.getValue())))
                .map(Verdict::refusal);
    }

    /** Every sentence about a configuration that was refused and is there still. */
    public List<String> refusals() {
        return verdicts.values().stream()
                .map(Verdict::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .sorted()
                .toList();
    }

    public static String pid(Map<String, ?> properties) {
        return String.valueOf(properties.get(PID));
    }
}
