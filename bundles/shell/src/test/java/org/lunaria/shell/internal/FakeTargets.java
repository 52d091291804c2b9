package org.lunaria.shell.internal;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Mask;
import org.lunaria.admin.SettingKey;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;

/** The target t1 with the volume d1, which notes what is asked for. Confined to its test. */
final class FakeTargets implements Targets {
    static final Mapping MAPPING = new Mapping("t1", 0, "d1", false);

    private final Target target = new Target(
            "t1",
            "iqn.2026-11.org.lunaria:t1",
            "",
            true,
            "",
            List.of("default"),
            List.of(MAPPING),
            List.of(new Mask("iqn.1993-08.org.debian:b", Mask.luns(List.of("0", "2:ro")))),
            List.of("any"),
            List.of(),
            "chap",
            List.of("a1"),
            1);
    private final List<Object> requests;

    /** @param requests gets each */
    FakeTargets(List<Object> requests) {
        this.requests = requests;
    }

    @Override
    public Target create(String nameOrIqn) {
        requests.add("create " + nameOrIqn);
        return target;
    }

    @Override
    public List<Target> list() {
        return List.of(target);
    }

    @Override
    public Target get(String name) {
        return target;
    }

    @Override
    public void delete(String name) {
        requests.add("delete " + name);
    }

    @Override
    public Mapping map(String name, String volumeName, OptionalInt lun, boolean readOnly) {
        requests.add("map " + name + " " + volumeName + " " + lun + " " + readOnly);
        return new Mapping(name, lun.orElse(0), volumeName, readOnly);
    }

    @Override
    public List<Mapping> unmap(String name, String volumeName, OptionalInt lun) {
        requests.add("unmap " + name + " " + volumeName + " " + lun);
        return target.mappings();
    }

    @Override
    public List<SettingKey> keys() {
        return List.of(
                new SettingKey("auth", "what has to be proved", "none", List.of("none", "chap")),
                new SettingKey("alias", "for people", "", List.of()));
    }

    @Override
    public Target set(String name, Map<String, String> settings) {
        requests.add("set " + name + " " + settings);
        return target;
    }

    @Override
    public Target allow(String name, String initiator) {
        requests.add("allow " + name + " " + initiator);
        return target;
    }

    @Override
    public Target deny(String name, String initiator) {
        requests.add("deny " + name + " " + initiator);
        return target;
    }

    @Override
    public Target mask(String name, String initiator, List<Mask.Shown> luns) {
        requests.add("mask " + name + " " + initiator + " " + luns);
        return target;
    }

    @Override
    public Target unmask(String name, String initiator) {
        requests.add("unmask " + name + " " + initiator);
        return target;
    }
}
