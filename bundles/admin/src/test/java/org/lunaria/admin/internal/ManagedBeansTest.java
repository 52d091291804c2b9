package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Session;
import org.lunaria.admin.SessionMXBean;
import org.lunaria.admin.Target;
import org.lunaria.admin.TargetMXBean;
import org.lunaria.admin.Traffic;
import org.lunaria.admin.Volume;
import org.lunaria.admin.VolumeMXBean;

class ManagedBeansTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private ManagedBeans.Objects objects = new ManagedBeans.Objects(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    private int looks;
    private long nanos;
    private final ManagedBeans beans = new ManagedBeans(server, this::look, () -> nanos);

    @Test
    void beansComeAndGoWithWhatTheyStandFor() throws Exception {
        beans.refresh();
        assertEquals(List.of(), names());
        objects = all(5);
        beans.refresh();
        assertEquals(List.of("name=7,type=Session", "name=a,type=Volume", "name=t,type=Target"), names());
        objects = new ManagedBeans.Objects(objects.volumes(), Map.of(), Map.of(), Map.of(), Map.of());
        beans.refresh();
        assertEquals(List.of("name=a,type=Volume"), names());
        beans.close();
        assertEquals(List.of(), names());
        beans.refresh();
        assertEquals(List.of(), names());
    }

    @Test
    void anAttributeIsWhatTheRecordSays() throws Exception {
        objects = all(5);
        beans.refresh();
        VolumeMXBean volume = bean("Volume", "a", VolumeMXBean.class);
        assertEquals(5, volume.getReads());
        assertEquals("READY", volume.getState());
        assertEquals(42, volume.getStalledSeconds());
        assertEquals(84.5, volume.getP50Micros());
        assertEquals("org.lunaria.backend.file", volume.getBackendBundle());
        assertEquals("0.1.0", volume.getBackendVersion());
        assertEquals("1970-01-01T00:00:00Z", volume.getBackendSince());
        assertEquals("1970-01-01T00:00:00Z: FLUSH: MEDIUM ERROR, WRITE ERROR (no)", volume.getLastFailure());
        SessionMXBean session = bean("Session", "7", SessionMXBean.class);
        assertEquals(4096, session.getReadBytes());
        assertEquals("2026-11-25T00:00:00Z", session.getSince());
        assertEquals(0, session.getP99Micros());
        assertEquals("a", bean("Target", "t", TargetMXBean.class).getVolumes()[0]);
    }

    @Test
    void whoReadsAllAttributesAsksOnceASecond() throws Exception {
        objects = all(5);
        beans.refresh();
        VolumeMXBean volume = bean("Volume", "a", VolumeMXBean.class);
        int before = looks;
        objects = all(6);
        nanos += 999_999_999;
        assertEquals(5, volume.getReads());
        assertEquals(before, looks);
        nanos += 1;
        assertEquals(6, volume.getReads());
        assertEquals(6, volume.getReads());
        assertEquals(before + 1, looks);
    }

    @Test
    void aNameGivenByHandThatJmxCannotReadIsQuoted() throws Exception {
        Volume volume = volume("a,b=c", 1);
        objects = new ManagedBeans.Objects(Map.of("a,b=c", volume), Map.of(), Map.of(), Map.of(), Map.of());
        beans.refresh();
        assertEquals(
                1, bean("Volume", ObjectName.quote("a,b=c"), VolumeMXBean.class).getReads());
        beans.close();
        VolumeMXBean gone = bean("Volume", ObjectName.quote("a,b=c"), VolumeMXBean.class);
        assertThrows(RuntimeException.class, gone::getReads);
    }

    private ManagedBeans.Objects look() {
        looks++;
        return objects;
    }

    private <T> T bean(String type, String name, Class<T> kind) throws Exception {
        return JMX.newMXBeanProxy(server, new ObjectName("org.lunaria:type=" + type + ",name=" + name), kind);
    }

    private List<String> names() throws Exception {
        return server.queryNames(new ObjectName("org.lunaria:*"), null).stream()
                .map(ObjectName::getCanonicalKeyPropertyListString)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
    }

    private static ManagedBeans.Objects all(long reads) {
        Target target = new Target(
                "t",
                "iqn.2026-11.org.lunaria:t",
                "",
                true,
                "",
                List.of("default"),
                List.of(new Mapping("t", 0, "a", false)),
                List.of(),
                List.of("any"),
                List.of(),
                "none",
                List.of(),
                1);
        Session session = new Session(
                "7",
                "iqn.1993-08.org.debian:a",
                "",
                "400001370000",
                1,
                "t",
                "Q3 LOGGED_IN",
                List.of(),
                Instant.parse("2026-11-25T00:00:00Z"),
                0,
                7,
                4096,
                0,
                List.of());
        return new ManagedBeans.Objects(
                Map.of("a", volume("a", reads)),
                Map.of("t", target),
                Map.of("7", session),
                Map.of("a", new Traffic.Latency(9, 84.5, 1480, 31_000)),
                Map.of());
    }

    private static Volume volume(String name, long reads) {
        return new Volume(
                name,
                "file",
                Volume.State.READY,
                "",
                10L << 30,
                512,
                "0123456789abcdef",
                "3123456789abcdef",
                false,
                List.of(),
                Map.of(),
                Map.of(),
                new Volume.Activity(3, 0, 2, 42, 0, 0, 0, reads, 2, 4096, 512, 0),
                Volume.Medium.FIXED,
                "",
                Volume.Space.UNKNOWN,
                "",
                Optional.of(new Volume.Provider("org.lunaria.backend.file", "0.1.0", Instant.EPOCH)),
                List.of(),
                Optional.of(new Volume.Failure(Instant.EPOCH, "FLUSH", -1, "MEDIUM ERROR, WRITE ERROR", "no")),
                Optional.empty());
    }
}
