package org.lunaria.scsi.internal.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lunaria.scsi.internal.reservation.ReservationType;

/**
 * Persistent reservations as one would explain them, to hold the engine against: initiators by number, of one target port.
 * Answers are "GOOD", "CONFLICT" or "CHECK".
 */
final class ReservationModel {
    final Map<Integer, Long> keys = new TreeMap<>();

    /** What each initiator has to be told, in the order of importance. */
    final Map<Integer, List<String>> attentions = new TreeMap<>();

    /** None is null. */
    ReservationType type;

    int holder;
    int generation;
    boolean persistent;

    boolean holds(int who) {
        return type != null && keys.containsKey(who) && (type.isHeldByAllRegistrants() || holder == who);
    }

    boolean mayWrite(int who) {
        return type == null || holds(who) || type.admitsRegistrants() && keys.containsKey(who);
    }

    boolean mayRead(int who) {
        return type == null || !type.isExclusiveAccess() || mayWrite(who);
    }

    void powerLoss() {
        generation = 0;
        attentions.clear();
        if (!persistent) {
            keys.clear();
            type = null;
        }
    }

    String register(int who, long key, long next, boolean ignoresKey, boolean aptpl) {
        boolean known = keys.containsKey(who);
        if (!ignoresKey && key != (known ? keys.get(who) : 0)) {
            return "CONFLICT";
        }
        if (!known && next == 0) {
            return "GOOD";
        }
        ReservationType before = type;
        if (next == 0) {
            boolean held = holds(who);
            keys.remove(who);
            boolean ends = held && (!before.isHeldByAllRegistrants() || keys.isEmpty());
            if (ends) {
                type = null;
                if (before.admitsRegistrants()) {
                    tellRegistrants(who, "RELEASED");
                }
            }
        } else {
            keys.put(who, next);
        }
        persistent = aptpl;
        generation++;
        return "GOOD";
    }

    String reserve(int who, long key, ReservationType wanted) {
        if (!fits(who, key)) {
            return "CONFLICT";
        }
        if (type != null) {
            return holds(who) && type == wanted ? "GOOD" : "CONFLICT";
        }
        type = wanted;
        holder = who;
        return "GOOD";
    }

    String release(int who, long key, ReservationType wanted) {
        if (!fits(who, key)) {
            return "CONFLICT";
        }
        if (!holds(who)) {
            return "GOOD";
        }
        if (type != wanted) {
            return "CHECK";
        }
        if (type.admitsRegistrants()) {
            tellRegistrants(who, "RELEASED");
        }
        type = null;
        return "GOOD";
    }

    String clear(int who, long key) {
        if (!fits(who, key)) {
            return "CONFLICT";
        }
        tellRegistrants(who, "CLEARED");
        keys.clear();
        type = null;
        generation++;
        return "GOOD";
    }

    String preempt(int who, long key, long victim, ReservationType wanted) {
        if (!fits(who, key)) {
            return "CONFLICT";
        }
        boolean all = type != null && type.isHeldByAllRegistrants();
        if (victim == 0 && !all) {
            return "CHECK";
        }
        if (victim != 0 && !keys.containsValue(victim)) {
            return "CONFLICT";
        }
        boolean takesOver = victim == 0 || type != null && !all && keys.get(holder) == victim;
        for (int other : List.copyOf(keys.keySet())) {
            boolean named = victim == 0 || keys.get(other) == victim;
            if (named && !(takesOver && other == who)) {
                keys.remove(other);
                if (other != who) {
                    tell(other, "PREEMPTED");
                }
            }
        }
        if (takesOver) {
            if (type != wanted) {
                tellRegistrants(who, "RELEASED");
            }
            type = wanted;
            holder = who;
        } else if (keys.isEmpty()) {
            type = null;
        }
        generation++;
        return "GOOD";
    }

    String move(int who, long key, long next, int to, boolean unregisters, boolean aptpl) {
        if (!fits(who, key)) {
            return "CONFLICT";
        }
        if (type == null) {
            return "CHECK";
        }
        if (type.isHeldByAllRegistrants() || holder != who) {
            return "CONFLICT";
        }
        if (next == 0 || to == who) {
            return "CHECK";
        }
        keys.put(to, next);
        holder = to;
        if (unregisters) {
            keys.remove(who);
        }
        persistent = aptpl;
        generation++;
        return "GOOD";
    }

    private boolean fits(int who, long key) {
        return keys.containsKey(who) && keys.get(who) == key;
    }

    private void tellRegistrants(int butFor, String what) {
        for (int other : keys.keySet()) {
            if (other != butFor) {
                tell(other, what);
            }
        }
    }

    private void tell(int who, String what) {
        List<String> told = attentions.computeIfAbsent(who, unused -> new ArrayList<>());
        if (!told.contains(what)) {
            told.add(what);
            told.sort(null);
        }
    }
}
