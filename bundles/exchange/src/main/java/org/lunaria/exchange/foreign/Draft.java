package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.document.Mode;
import org.lunaria.exchange.document.Remark;
import org.lunaria.exchange.document.Section;

/** The document that another's file becomes, and what of that file cannot be carried over. Confined to one thread. */
public final class Draft {
    /** RFC 7143 12.1.3 asks for 12 bytes where nothing else protects the login. */
    private static final int SECRET_BYTES_MIN = 12;

    private static final int SECRET_BYTES_MAX = 255;

    private final Mode mode;
    private final Present volumeNames;
    private final Present targetNames;
    private final Present portalNames;
    private final Present accountNames;
    private final List<Remark> remarks = new ArrayList<>();
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final SortedMap<String, Address> portals = new TreeMap<>();
    private boolean digestsTold;

    public Draft(Configuration present, Mode mode) {
        this.mode = mode;
        volumeNames = Present.ofVolumes(present);
        targetNames = Present.of(present, Section.TARGETS.pid(), "iqn");
        portalNames = Present.of(present, Section.PORTALS.pid(), "address", "port");
        accountNames = Present.of(present, Section.ACCOUNTS.pid(), "user", "for");
        document.put(Section.VERSION, Section.VERSION_NOW);
        if (mode == Mode.MERGE) {
            present.instances(Section.PORTALS.pid())
                    .forEach((name, keys) -> portals.put(
                            name, Address.of(keys.getOrDefault("address", ""), keys.getOrDefault("port", ""))));
        }
    }

    public ObjectNode document() {
        return document;
    }

    public List<Remark> remarks() {
        return remarks;
    }

    /** What was said of a line already is not said again, as of a key that several volumes have from their target. */
    void remark(int line, String text) {
        Remark remark = new Remark(line, text);
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    /** Says of a statement that nobody here knows that it is left out. */
    void leaveOut(Statement statement, String reason) {
        remark(statement.line(), statement.keyword() + ": " + reason);
    }

    /**
     * A volume on what is there already: a block device where the path is below {@code /dev/}, else a file. It is the same
     * volume each time that the path is the same.
     *
     * @param wished its name, if that is free
     * @return where its keys go
     */
    DraftVolume volume(int line, String wished, String path) {
        boolean device = path.startsWith("/dev/");
        String name = volumeNames.name(wished, device ? "" : path, device ? path : "");
        ObjectNode volumes = document.withObjectProperty(Section.VOLUMES.key());
        if (volumes.has(name)) {
            return new DraftVolume(this, line, name, (ObjectNode) volumes.get(name), false);
        }
        ObjectNode volume = volumes.putObject(name);
        ObjectNode backend = volume.put(Section.KIND, device ? "block" : "file").putObject(Section.BACKEND);
        backend.put(device ? "device" : "path", path);
        if (!device) {
            // What is to be taken over must be there: an empty file in its place would be a lie.
            backend.put("create", false);
        }
        return new DraftVolume(this, line, name, volume, true);
    }

    /** A target that lets nobody in yet; empty when it has been there already, or no name can be made of it. */
    Optional<DraftTarget> target(int line, String iqn) {
        if (!iqn.matches("(iqn|eui|naa)\\..+")) {
            remark(line, "target " + iqn + ": is no iSCSI name; left out");
            return Optional.empty();
        }
        String wished = iqn.contains(":") ? iqn.substring(iqn.indexOf(':') + 1) : iqn;
        String name = targetNames.name(wished, iqn);
        ObjectNode targets = document.withObjectProperty(Section.TARGETS.key());
        if (targets.has(name)) {
            remark(line, "target " + iqn + ": stands there twice; the second is left out");
            return Optional.empty();
        }
        ObjectNode target = targets.putObject(name).put("iqn", iqn);
        target.putObject("luns");
        target.putArray("access");
        return Optional.of(new DraftTarget(this, line, name, target));
    }

    /** A portal's name. Of two on one port, of which one has every address, only one can listen. */
    String portal(int line, String address, int port) {
        Optional<String> there = portalNames.find(address, Integer.toString(port));
        String wished = (address.equals("0.0.0.0") ? "any" : address.equals("::") ? "any6" : address.replace(':', '-'))
                + (port == 3260 ? "" : "-" + port);
        String name = portalNames.name(wished, address, Integer.toString(port));
        if (there.isEmpty() || mode == Mode.REPLACE) {
            portals.forEach((other, listens) -> {
                if (listens.isInTheWayOf(new Address(address, port))) {
                    remark(
                            line,
                            "portal " + name + " on " + address + " and portal " + other + " on " + listens.host()
                                    + " have port " + port
                                    + " both: only one of them can listen; delete the other by portal:delete");
                }
            });
            portals.put(name, new Address(address, port));
            document.withObjectProperty(Section.PORTALS.key())
                    .putObject(name)
                    .put("address", address)
                    .put("port", port);
        }
        return name;
    }

    /** An account's name; empty when its secret cannot be one. */
    Optional<String> account(int line, String user, String secret, boolean outgoing) {
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (user.isEmpty() || bytes < SECRET_BYTES_MIN || bytes > SECRET_BYTES_MAX) {
            remark(
                    line,
                    "account of user " + user + ": its secret has " + bytes + " bytes, and one has " + SECRET_BYTES_MIN
                            + " to " + SECRET_BYTES_MAX + "; left out, make one by account:create");
            return Optional.empty();
        }
        if (!digestsTold) {
            digestsTold = true;
            remark(
                    line,
                    "CHAP: SHA3-256 and SHA-256 are used; for initiators that know MD5 alone give their target"
                            + " chapDigests=SHA3-256,SHA-256,MD5 by target:set");
        }
        String use = outgoing ? "outgoing" : "incoming";
        ObjectNode accounts = document.withObjectProperty(Section.ACCOUNTS.key());
        String name = accountNames.name(user + (outgoing ? "-outgoing" : ""), user, use);
        if (accounts.has(name) && !accounts.get(name).path("secret").asText().equals(secret)) {
            remark(line, "account of user " + user + ": has another secret above; this one is left out");
            return Optional.empty();
        }
        accounts.putObject(name).put("user", user).put("for", use).put("secret", secret);
        return Optional.of(name);
    }
}
