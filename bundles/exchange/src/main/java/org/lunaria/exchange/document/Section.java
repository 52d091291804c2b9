package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.admin.ApplianceException;

/** The parts of a document, in their order, and what each is a configuration of. */
public enum Section {
    VOLUMES("volumes", "org.lunaria.unit", false, List.of("serial", "naa", "type", "blockBytes")),
    TARGETS("targets", "org.lunaria.target", false, List.of("iqn", "alias", "portals", "luns", "access", "auth")),
    PORTALS("portals", "org.lunaria.portal", false, List.of("address", "port", "tag")),
    ACCOUNTS("accounts", "org.lunaria.account", false, List.of("user", "for", "secret")),
    TRANSPORT("transport", "org.lunaria.iscsi", true, List.of()),
    ISNS("isns", "org.lunaria.isns", true, List.of("servers"));

    /** Backends stand with the volumes whose bytes they hold; those that hold nobody's have a part of their own. */
    static final String BACKENDS = "backends";

    public static final String BACKEND_NAMESPACE = "org.lunaria.backend.";

    /** What no part above is for, by PID and name. */
    static final String OTHERS = "others";

    /** Stands at the top. */
    public static final String VERSION = "formatVersion";

    public static final int VERSION_NOW = 1;

    /** Where an editor finds the schema; nobody else looks at it. */
    static final String SCHEMA = "$schema";

    /** Of a volume: which kind of backend holds its bytes, and the keys of that. */
    public static final String KIND = "kind";

    public static final String BACKEND = "backend";

    /** Where the backend of a volume is not called like it. */
    public static final String BACKEND_ID = "backendId";

    /** Where the configuration of a backend is not called like the backend. */
    public static final String BACKEND_NAME = "backendName";

    private final String key;
    private final String pid;
    private final boolean single;
    private final List<String> first;

    Section(String key, String pid, boolean single, List<String> first) {
        this.key = key;
        this.pid = pid;
        this.single = single;
        this.first = first;
    }

    static Optional<Section> ofPid(String pid) {
        return Arrays.stream(values())
                .filter(section -> section.pid.equals(pid))
                .findFirst();
    }

    /** The objects of this part, by name. */
    Map<String, JsonNode> objects(JsonNode document) {
        return objects(key, document.path(key));
    }

    static Map<String, JsonNode> objects(String path, JsonNode nodeOrMissing) {
        return nodeOrMissing.isMissingNode() ? Map.of() : fields(path, nodeOrMissing);
    }

    /** What an object holds, in its order. */
    static Map<String, JsonNode> fields(String path, JsonNode node) {
        if (!node.isObject()) {
            throw new ApplianceException(path + ": give an object, in braces.");
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    public String key() {
        return key;
    }

    public String pid() {
        return pid;
    }

    /** Whether there is just one, without a name. */
    boolean isSingle() {
        return single;
    }

    /** The keys that people look for first. */
    List<String> first() {
        return first;
    }
}
