package org.lunaria.shell.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.admin.Account;
import org.lunaria.admin.Accounts;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Backend;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.Backends;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.CancelledMove;
import org.lunaria.admin.Connection;
import org.lunaria.admin.Consumption;
import org.lunaria.admin.DeletedVolume;
import org.lunaria.admin.Event;
import org.lunaria.admin.Events;
import org.lunaria.admin.Health;
import org.lunaria.admin.History;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Portal;
import org.lunaria.admin.Portals;
import org.lunaria.admin.Session;
import org.lunaria.admin.Sessions;
import org.lunaria.admin.SettingKey;
import org.lunaria.admin.Targets;
import org.lunaria.admin.Traffic;
import org.lunaria.admin.TrafficMeter;
import org.lunaria.admin.Volume;
import org.lunaria.admin.Volumes;

/** An appliance with one of everything that notes what it was asked for. */
public final class FakeAppliance implements Appliance {
    public final FakeHistory history = new FakeHistory();

    /** What it was asked for, in its order. */
    public final List<Object> requests = new ArrayList<>();

    private final FakeTargets targets = new FakeTargets(requests);

    /** What the configurations of a PID take. */
    public final Map<String, List<SettingKey>> keys = new HashMap<>();

    private final Volume volume = new Volume(
            "d1",
            "file",
            Volume.State.READY,
            "",
            10L << 30,
            512,
            "0123456789abcdef",
            "3123456789abcdef",
            false,
            List.of(FakeTargets.MAPPING),
            Map.of("path", "/data/d1.img"),
            Map.of("backend.id", "d1"),
            new Volume.Activity(3, 0, 2, 42, 0, 0, 0, 1, 2, 4096, 512, 0),
            Volume.Medium.STARTED,
            "SWP 1 instead of 0",
            new Volume.Space(3L << 30, 40L << 30, true, false),
            "",
            Optional.of(new Volume.Provider("org.lunaria.backend.file", "0.1.0", Instant.EPOCH)),
            List.of(new Volume.Hold(Instant.EPOCH, 7)),
            Optional.of(new Volume.Failure(
                    Instant.EPOCH, "READ", 17, "MEDIUM ERROR, UNRECOVERED READ ERROR", "bad sector")),
            Optional.empty());
    private final Portal portal = new Portal("default", "127.0.0.1", 3260, 1, true, "", 1);
    private final Session session = new Session(
            "1",
            "iqn.1993-08.org.debian:a",
            "",
            "400001370000",
            1,
            "t1",
            "Q3 LOGGED_IN",
            List.of(new Connection(0, "127.0.0.1:40000", "S5 LOGGED_IN")),
            Instant.parse("2026-11-25T00:00:00Z"),
            0,
            7,
            4096,
            0,
            List.of("InitialR2T=No"));

    @Override
    public Volumes volumes() {
        return new Volumes() {
            @Override
            public Volume create(NewVolume request) {
                requests.add(request);
                return volume;
            }

            @Override
            public List<Volume> list() {
                return List.of(volume);
            }

            @Override
            public Volume get(String name) {
                if (!name.equals("d1")) {
                    throw new ApplianceException("volume '" + name + "' does not exist.");
                }
                return volume;
            }

            @Override
            public Volume eject(String name, boolean force) {
                requests.add("eject " + name + " " + force);
                return volume;
            }

            @Override
            public Volume load(String name, Optional<String> path) {
                requests.add("load " + name + " " + path);
                return volume;
            }

            @Override
            public List<SettingKey> keys(String name) {
                return List.of(
                        new SettingKey("direct", "past the cache", "false", List.of(), SettingKey.Type.FLAG),
                        new SettingKey("whenGone", "what becomes of commands", "HOLD", List.of("HOLD", "FAIL")),
                        new SettingKey("vendor", "identification", "LUNARIA", List.of()));
            }

            @Override
            public Volume set(String name, Map<String, String> settings) {
                requests.add("set " + name + " " + settings);
                return volume;
            }

            @Override
            public Volume resize(String name, ByteSize size, boolean force) {
                requests.add("resize " + name + " " + size.bytes() + " " + force);
                return volume;
            }

            @Override
            public Volume migrate(String name, NewStore store, long bytesPerSecond) {
                requests.add("migrate " + name + " " + store + " " + bytesPerSecond);
                return volume;
            }

            @Override
            public Volume swap(String name, NewStore store, boolean unchecked) {
                requests.add("swap " + name + " " + store + " " + unchecked);
                return volume;
            }

            @Override
            public CancelledMove cancelMove(String name) {
                requests.add("cancel " + name);
                return new CancelledMove(volume, "/srv/half.img");
            }

            @Override
            public DeletedVolume delete(String name, boolean purge) {
                requests.add("delete " + name + " " + purge);
                return new DeletedVolume(name, purge ? "" : "/data/d1.img", "");
            }
        };
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Portals portals() {
        return new Portals() {
            @Override
            public Portal create(String name, String address, int port, int tag) {
                requests.add("create " + name + " " + address + " " + port + " " + tag);
                return portal;
            }

            @Override
            public List<SettingKey> keys() {
                return List.of(new SettingKey("tag", "of its group", "1", List.of()));
            }

            @Override
            public Portal set(String name, Map<String, String> settings) {
                requests.add("set " + name + " " + settings);
                return portal;
            }

            @Override
            public List<Portal> list() {
                return List.of(portal);
            }

            @Override
            public void delete(String name) {
                requests.add("delete " + name);
            }
        };
    }

    @Override
    public Accounts accounts() {
        return new Accounts() {
            private final Account account =
                    new Account("a1", "host1", Account.Use.INCOMING, true, "", List.of("target t1"));

            @Override
            public void requireFree(String name) {
                if (name.equals(account.name())) {
                    throw new ApplianceException("account '" + name + "' exists already; choose another name.");
                }
            }

            @Override
            public Account get(String name) {
                if (!name.equals(account.name())) {
                    throw new ApplianceException(
                            "account '" + name + "' does not exist; account:list shows those that do.");
                }
                return account;
            }

            @Override
            public Account create(String name, String user, Account.Use use, String secret) {
                requests.add("create " + name + " " + user + " " + use + " " + secret);
                return new Account(name, user, use, true, "", List.of());
            }

            @Override
            public Account set(String name, Optional<String> user, Optional<String> secret) {
                requests.add("set " + name + user.map(given -> " user " + given).orElse("")
                        + secret.map(given -> " secret " + given).orElse(""));
                return account;
            }

            @Override
            public List<Account> list() {
                return List.of(account);
            }

            @Override
            public void delete(String name) {
                requests.add("delete " + name);
            }
        };
    }

    @Override
    public Sessions sessions() {
        return new Sessions() {
            @Override
            public List<Session> list() {
                return List.of(session);
            }

            @Override
            public Session get(String id) {
                return session;
            }

            @Override
            public void drop(String id) {
                requests.add("drop " + id);
            }
        };
    }

    @Override
    public Backends backends() {
        return new Backends() {
            @Override
            public List<BackendKind> kinds() {
                return List.of(
                        kind("file", "path", "sizeBytes", "create"), kind("memory", "sizeBytes", "discardWrites"));
            }

            private BackendKind kind(String name, String... keys) {
                return new BackendKind(
                        name,
                        "",
                        "org.lunaria.backend." + name,
                        "0.1.0",
                        List.of(keys).stream().map(key -> key(key, List.of())).toList());
            }

            @Override
            public List<SettingKey> unitKeys() {
                return List.of(key("vendor", List.of()), key("whenGone", List.of("HOLD", "FAIL")));
            }

            private SettingKey key(String name, List<String> choices) {
                return new SettingKey(name, "what " + name + " means", "", choices);
            }

            @Override
            public List<Backend> list() {
                return List.of(new Backend(
                        "d1",
                        "file",
                        "org.lunaria.backend.file",
                        "0.1.0",
                        10L << 30,
                        512,
                        4096,
                        0,
                        1 << 20,
                        4096,
                        List.of("UNMAP", "WRITE")));
            }
        };
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Events events() {
        return new Events() {
            @Override
            public List<String> kinds() {
                return List.of("LOGIN", "LOGOUT");
            }

            @Override
            public List<Event> last(int most, Optional<String> kind) {
                requests.add("events " + most + " " + kind);
                return List.of(
                        new Event(Instant.parse("2026-11-26T01:02:03.004Z"), "LOGIN", "login: a over portal default"));
            }
        };
    }

    @Override
    public TrafficMeter meter() {
        Traffic.Latency latency = new Traffic.Latency(1200, 84.5, 1480, 31_000);
        return () -> new Traffic(
                Instant.parse("2026-11-26T00:00:00Z"),
                1,
                List.of(
                        new Traffic.OfVolume(
                                "d1",
                                1200,
                                3.5,
                                4_915_200,
                                14_336,
                                latency,
                                8,
                                0,
                                List.of(new Traffic.Operations("READ", 1200, 4_915_200, latency))),
                        new Traffic.OfVolume("d2", 0, 0, 0, 0, new Traffic.Latency(0, 0, 0, 0), 0, 2, List.of())),
                List.of(new Traffic.OfSession(
                        "1", "iqn.1993-08.org.debian:a", "t1", 1203.5, 4_915_200, 14_336, latency, 8)));
    }

    @Override
    public List<SettingKey> keys(String pid) {
        return keys.getOrDefault(pid, List.of());
    }

    @Override
    public Health health() {
        return new Health(
                false,
                List.of(new Health.Trouble("volume", "d2", "It is lost.")),
                1,
                1,
                1,
                1,
                new Consumption(45 << 20, 512 << 20, 9 << 20, 40),
                List.of(new Health.Limit("sessions", 1, 8192)),
                List.of(new Health.NameServer(
                        "isns:3205",
                        Health.NameServer.State.REGISTERED,
                        Instant.parse("2026-11-26T03:26:53.229Z"),
                        1,
                        2,
                        "")));
    }
}
