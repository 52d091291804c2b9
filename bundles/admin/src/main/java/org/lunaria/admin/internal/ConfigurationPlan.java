package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In which order a configuration becomes another. On the way up what others name comes before them: accounts and portals,
 * backends, units, targets; on the way down it is the reverse. What goes does so at last, when all else has been taken, except
 * for what stands in the way of something that comes: a port, a path, an iSCSI name. Immutable.
 *
 * @param clear what goes before anything comes, in order
 * @param bring what comes or changes, in order, with its new text
 * @param remove what goes at last, in order
 */
record ConfigurationPlan(List<InstanceId> clear, List<Map.Entry<InstanceId, CfgText>> bring, List<InstanceId> remove) {
    private static final List<String> WAY_UP = List.of(
            InstanceId.ACCOUNT, InstanceId.PORTAL, InstanceId.BACKEND_NAMESPACE, InstanceId.UNIT, InstanceId.TARGET);

    /** What others name comes before them. */
    static final Comparator<InstanceId> UP =
            Comparator.comparing(ConfigurationPlan::rank).thenComparing(Comparator.naturalOrder());

    /** Keys whose value only one instance of a family has, and the family. */
    private static final Map<String, Set<String>> CLAIMS = Map.of(
            InstanceId.ACCOUNT, Set.of("user"),
            InstanceId.PORTAL, Set.of("port"),
            InstanceId.BACKEND_NAMESPACE, Set.of(StorePlan.ID, StorePlan.PATH, StorePlan.DEVICE, "uri"),
            InstanceId.UNIT, Set.of("serial", "naa"),
            InstanceId.TARGET, Set.of("iqn"));

    static ConfigurationPlan of(SortedMap<InstanceId, CfgText> present, SortedMap<InstanceId, CfgText> wanted) {
        SortedMap<InstanceId, CfgText> come = new TreeMap<>(UP);
        wanted.forEach((id, text) -> {
            if (!present.containsKey(id) || !present.get(id).rawValues().equals(text.rawValues())) {
                come.put(id, text);
            }
        });
        List<InstanceId> clear = new ArrayList<>();
        List<InstanceId> remove = new ArrayList<>();
        present.keySet().stream()
                .filter(id -> !wanted.containsKey(id))
                .sorted(UP.reversed())
                .forEach(id -> (isInTheWay(id, present.get(id), come) ? clear : remove).add(id));
        return new ConfigurationPlan(
                clear,
                come.entrySet().stream()
                        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                        .toList(),
                remove);
    }

    boolean isEmpty() {
        return clear.isEmpty() && bring.isEmpty() && remove.isEmpty();
    }

    private static boolean isInTheWay(InstanceId id, CfgText text, SortedMap<InstanceId, CfgText> come) {
        Values going = new Values(text.values());
        return come.entrySet().stream()
                .filter(entry -> rank(entry.getKey()) == rank(id))
                .map(entry -> new Values(entry.getValue().values()))
                .anyMatch(coming -> CLAIMS.getOrDefault(family(id), Set.of()).stream()
                        .anyMatch(key ->
                                !going.text(key).isEmpty() && going.text(key).equals(coming.text(key))));
    }

    private static String family(InstanceId id) {
        return id.isBackend() ? InstanceId.BACKEND_NAMESPACE : id.factoryPid();
    }

    private static int rank(InstanceId id) {
        int rank = WAY_UP.indexOf(family(id));
        return rank < 0 ? WAY_UP.size() : rank;
    }
}
