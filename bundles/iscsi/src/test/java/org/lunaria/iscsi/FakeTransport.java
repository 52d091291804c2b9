package org.lunaria.iscsi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A transport of which a test says what it has. */
public class FakeTransport implements IscsiTransport {
    public static final String NAME = "iqn.2026-11.org.lunaria:";

    public final List<PortalStatus> portals = new ArrayList<>();
    public final List<TargetStatus> targets = new ArrayList<>();
    public Duration silence = Duration.ZERO;

    public void addPortal(String name, String address, int port, int tag) {
        portals.add(new PortalStatus(name, address, port, tag, true, "", 0));
    }

    public void addTarget(String name, String... portalNames) {
        targets.add(new TargetStatus(name, NAME + name, "", false, List.of(portalNames), 0));
    }

    public void removeTarget(String name) {
        targets.removeIf(target -> target.name().equals(name));
    }

    @Override
    public List<PortalStatus> portals() {
        return List.copyOf(portals);
    }

    @Override
    public List<TargetStatus> targets() {
        return List.copyOf(targets);
    }

    @Override
    public List<SessionStatus> sessions() {
        return List.of();
    }

    @Override
    public List<SessionTraffic> traffic() {
        return List.of();
    }

    @Override
    public boolean drop(String id) {
        return false;
    }

    @Override
    public Duration ioThreadSilence() {
        return silence;
    }

    @Override
    public List<LimitStatus> limits() {
        return List.of();
    }

    @Override
    public Optional<String> verdict(String pid, Map<String, ?> values) {
        return Optional.empty();
    }

    @Override
    public List<String> refusals() {
        return List.of();
    }
}
