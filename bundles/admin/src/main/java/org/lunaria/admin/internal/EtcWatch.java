package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.lunaria.admin.Health.Trouble;
import org.lunaria.admin.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives components what hands write to {@code etc/}. A file that changed is taken when it has stopped changing: its component
 * tries it, and if it refuses gets back what it had. What is empty, cut off or unreadable is not even tried. So one that ran
 * goes on, also over a restart, and the file stands among the troubles until it is another.
 *
 * <p>A file that goes takes its configuration with it. But when most files are gone at once, nobody wanted that: what they said
 * goes on, and a rollback brings them back.
 *
 * <p>It looks again and again: what changes at the same moment, or is deleted as soon as it is made, is found at the next look.
 * {@link #look} is for one thread, {@link #troubles} for any.
 */
final class EtcWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EtcWatch.class);

    /** How long a component has to refuse; what it has not refused then, it may be waiting for something else. */
    private static final long TRIAL_NANOS = 10_000_000_000L;

    private static final long REFUSAL_NANOS = 500_000_000L;

    private final Changes changes;
    private final Configurations configurations;
    private final EtcFolder etc;
    private final VersionStore versions;
    private final VersionKeeper keeper;
    private final BiFunction<InstanceId, Map<String, Object>, Progress> taken;
    private final LongSupplier nanoTime;

    private final Map<InstanceId, State> states = new TreeMap<>();
    private final Set<InstanceId> missing = new HashSet<>();
    private final SortedMap<String, String> accepted = new TreeMap<>();
    private final Set<String> removed = new TreeSet<>();
    private boolean looked;
    private volatile List<Refusal> refusals = List.of();
    private volatile String loss = "";

    /** What is known of a file that bears a stamp. */
    private sealed interface State {
        String stamp();
    }

    /** It may be changing still. */
    private record Settling(String stamp) implements State {}

    /** It is what its component has. */
    private record Settled(String stamp) implements State {}

    /**
     * Its component was given what it says.
     *
     * @param before what is given back if it is refused
     */
    private record Trying(String stamp, CfgText text, Map<String, Object> before, long since) implements State {}

    /** @param sentence on why what it says is not used */
    private record Refused(String stamp, String sentence) implements State {}

    private record Refusal(InstanceId id, String stamp, String sentence) {}

    /** @param taken whether a configuration's component, and those who serve it, have taken its values */
    EtcWatch(
            Changes changes,
            Configurations configurations,
            EtcFolder etc,
            VersionStore versions,
            VersionKeeper keeper,
            BiFunction<InstanceId, Map<String, Object>, Progress> taken,
            LongSupplier nanoTime) {
        this.changes = changes;
        this.configurations = configurations;
        this.etc = etc;
        this.versions = versions;
        this.keeper = keeper;
        this.taken = taken;
        this.nanoTime = nanoTime;
    }

    /** Takes what changed; while a command changes something it does nothing. */
    void look() {
        changes.between(this::lookAlone);
    }

    /** The files that are not used as they are. */
    List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>();
        for (Refusal refusal : refusals) {
            // One that has changed since is looked at again in a moment.
            if (etc.stamp(refusal.id()).equals(refusal.stamp())) {
                troubles.add(new Trouble(
                        "configuration",
                        refusal.id().fileName(),
                        refusal.sentence() + " What was there before goes on; mend the file, or appliance:rollback "
                                + newest() + "."));
            }
        }
        if (!loss.isEmpty()) {
            troubles.add(new Trouble("configuration", etc.toString(), loss));
        }
        return troubles;
    }

    private void lookAlone() {
        Set<InstanceId> there = new TreeSet<>(ConfigurationPlan.UP);
        try {
            there.addAll(etc.instances());
        } catch (UncheckedIOException e) {
            loss = "It cannot be read (" + e.getCause() + "). What its files said goes on.";
            return;
        }
        SortedMap<String, String> good = versions.newest();
        there.forEach(id -> consider(id, Optional.ofNullable(good.get(id.fileName()))));
        states.keySet().removeIf(id -> !there.contains(id));
        Set<InstanceId> absent = absent(there, good);
        if (isLoss(absent, good)) {
            absent.forEach(id -> keepRunning(id, Optional.ofNullable(good.get(id.fileName()))));
            tellLoss(absent);
        } else {
            loss = "";
            absent.forEach(this::goes);
        }
        missing.clear();
        missing.addAll(absent);
        refusals = states.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Refused)
                .map(entry ->
                        new Refusal(entry.getKey(), entry.getValue().stamp(), ((Refused) entry.getValue()).sentence()))
                .toList();
        if (!accepted.isEmpty() || !removed.isEmpty()) {
            keeper.keepFound(accepted, removed, looked);
            accepted.clear();
            removed.clear();
        }
        looked = true;
    }

    private void consider(InstanceId id, Optional<String> good) {
        String stamp = etc.stamp(id);
        State before = states.get(id);
        if (before instanceof Trying trying && before.stamp().equals(stamp)) {
            judge(id, trying);
        } else if (before == null && !looked
                || before instanceof Settling && before.stamp().equals(stamp)) {
            states.put(id, take(id, stamp, good));
        } else if (before == null || !before.stamp().equals(stamp)) {
            if (before instanceof Trying trying) {
                configurations.put(id, trying.before());
            }
            states.put(id, new Settling(stamp));
        }
    }

    private State take(InstanceId id, String stamp, Optional<String> good) {
        CfgText text;
        try {
            text = changes.text(etc.read(id).orElseThrow(() -> new IOException("it is gone")));
        } catch (IOException e) {
            return refused(id, stamp, good, "It cannot be read (" + e + ").");
        }
        Optional<String> flaw = CfgFlaw.in(text, good);
        if (flaw.isPresent()) {
            return refused(id, stamp, good, flaw.get());
        }
        Optional<Map<String, Object>> had = configurations.values(id);
        Map<String, Object> values = text.values();
        boolean known = good.filter(text.toString()::equals).isPresent();
        Optional<Map<String, Object>> before =
                good.map(last -> changes.text(last).values()).or(() -> had).filter(last -> !last.equals(values));
        configurations.put(id, values);
        // What a backend refuses at a start may be there later; until then, what it was before is not what is asked
        // for.
        boolean mayBeRefused = looked || !id.isBackend();
        if (!known && before.isPresent() && mayBeRefused) {
            return new Trying(stamp, text, before.get(), nanoTime.getAsLong());
        }
        if (!known) {
            accepted.put(id.fileName(), text.toString());
        }
        return new Settled(stamp);
    }

    private State refused(InstanceId id, String stamp, Optional<String> good, String sentence) {
        LOG.warn("{} in {} is not used. {} What was there before goes on.", id.fileName(), etc, sentence);
        keepRunning(id, good);
        return new Refused(stamp, sentence);
    }

    /** What Configuration Admin has forgotten it is told again. */
    private void keepRunning(InstanceId id, Optional<String> good) {
        if (configurations.values(id).isEmpty()) {
            good.ifPresent(text -> configurations.put(id, changes.text(text).values()));
        }
    }

    private void judge(InstanceId id, Trying trying) {
        Progress progress = taken.apply(id, trying.text().values());
        if (progress instanceof Progress.Failed failed) {
            configurations.put(id, trying.before());
            LOG.warn("{} in {} is refused, and what was there before goes on: {}", id.fileName(), etc, failed.reason());
            states.put(id, new Refused(trying.stamp(), failed.reason()));
        } else if (nanoTime.getAsLong() - trying.since()
                > (progress instanceof Progress.Done ? quietNanos(id) : TRIAL_NANOS)) {
            LOG.info("{} has new settings.", id);
            accepted.put(id.fileName(), trying.text().toString());
            states.put(id, new Settled(trying.stamp()));
        }
    }

    /** A backend tells of a refusal by its trouble, and so a moment later than its component has the values. */
    private static long quietNanos(InstanceId id) {
        return id.isBackend() ? REFUSAL_NANOS : -1;
    }

    /** What has no file, and had one. */
    private Set<InstanceId> absent(Set<InstanceId> there, SortedMap<String, String> good) {
        Set<InstanceId> absent = new TreeSet<>(ConfigurationPlan.UP.reversed());
        absent.addAll(configurations.withFile());
        good.keySet().forEach(name -> InstanceId.ofFileName(name).ifPresent(absent::add));
        absent.removeAll(there);
        return absent;
    }

    private void goes(InstanceId id) {
        if (!looked || missing.contains(id)) {
            configurations.delete(id);
            removed.add(id.fileName());
            LOG.info("{} is gone, for its file is.", id);
        }
    }

    /** Whether most of what makes volumes and targets is gone at once. */
    private static boolean isLoss(Set<InstanceId> absent, SortedMap<String, String> good) {
        long had = good.keySet().stream()
                .map(InstanceId::ofFileName)
                .flatMap(Optional::stream)
                .filter(EtcWatch::isMade)
                .count();
        long lost = absent.stream()
                .filter(EtcWatch::isMade)
                .filter(id -> good.containsKey(id.fileName()))
                .count();
        return lost > 1 && lost * 2 > had;
    }

    /** Whether it is nothing that an installation ships. */
    private static boolean isMade(InstanceId id) {
        return !id.isSingleton() && !id.factoryPid().equals(InstanceId.PORTAL);
    }

    private void tellLoss(Set<InstanceId> absent) {
        String told = absent.size() + " of its files are gone. What they said goes on; appliance:rollback " + newest()
                + " brings them back.";
        if (!told.equals(loss)) {
            LOG.error("{}: {}", etc, told);
        }
        loss = told;
    }

    private String newest() {
        List<Version> kept = versions.list();
        return kept.isEmpty() ? "VERSION" : "" + kept.get(kept.size() - 1).number();
    }
}
