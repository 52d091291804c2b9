package org.lunaria.iscsi.internal.component;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lunaria.iscsi.internal.login.Rule;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.IscsiName;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.LunMasks;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.LunMap;
import org.lunaria.settings.Settings;

/** Reads the configuration of a target, or says in one sentence why it cannot be taken. */
final class TargetSettings {
    static final String FACTORY_PID = "org.lunaria.target";

    /** Number, volume, and whether it is read-only. */
    private static final Pattern LUN = Pattern.compile("(\\d{1,5})\\s*=\\s*([A-Za-z0-9][A-Za-z0-9._-]{0,63})(:ro)?");

    private final Settings settings;

    /** @throws org.lunaria.settings.InvalidSetting when a key is not known */
    TargetSettings(Map<String, ?> properties) {
        settings = new Settings(FACTORY_PID, properties, TargetConfig.class);
    }

    Settings settings() {
        return settings;
    }

    /** @throws org.lunaria.settings.InvalidSetting when a value cannot be taken */
    TargetNode.Configuration read() {
        LunMap luns = luns();
        return new TargetNode.Configuration(
                settings.name(),
                iqn(),
                alias(),
                Set.copyOf(settings.list("portals")),
                luns,
                access(),
                limits(),
                AuthenticationSettings.read(settings, "auth", "accounts", "chapDigests"),
                RedirectSettings.read(settings),
                masks(luns));
    }

    /** @throws org.lunaria.settings.InvalidSetting when there is no such state */
    AccessState accessState() {
        return AccessState.settable(settings.text("accessState"))
                .orElseThrow(() -> settings.invalid(
                        "accessState", "give one of active/optimized, active/non-optimized, standby, unavailable"));
    }

    private String iqn() {
        String name = settings.requiredText("iqn", "give an iSCSI name as iqn.2026-11.org.lunaria:" + settings.name());
        return IscsiName.strict(name)
                .orElseThrow(
                        () -> settings.invalid(
                                "iqn",
                                "give an iSCSI name of at most " + IscsiName.MAX_BYTES
                                        + " bytes, as iqn.2026-11.org.lunaria:disk1, with letters, digits, '-', '.' and ':' only"));
    }

    private String alias() {
        String alias = settings.text("alias");
        if (alias.getBytes(StandardCharsets.UTF_8).length > Rule.MAX_VALUE_BYTES || alias.indexOf('\0') >= 0) {
            throw settings.invalid("alias", "give at most " + Rule.MAX_VALUE_BYTES + " bytes");
        }
        return alias;
    }

    private LunMap luns() {
        Map<Integer, LunMap.Mapping> units = new TreeMap<>();
        for (String entry : settings.list("luns")) {
            Matcher matcher = LUN.matcher(entry);
            int lun = matcher.matches() ? Integer.parseInt(matcher.group(1)) : LunMap.MAX_LUN + 1;
            if (lun > LunMap.MAX_LUN) {
                throw settings.invalid(
                        "luns",
                        "'" + entry + "' is none; give NUMBER=VOLUME or NUMBER=VOLUME:ro, with a number from 0 to "
                                + LunMap.MAX_LUN);
            }
            LunMap.Mapping mapping = new LunMap.Mapping(matcher.group(2), matcher.group(3) != null);
            if (units.putIfAbsent(lun, mapping) != null) {
                throw settings.invalid("luns", "number " + lun + " stands there twice; give each volume its own");
            }
        }
        return new LunMap(units);
    }

    private AccessList access() {
        try {
            return AccessList.of(settings.list("access"));
        } catch (IllegalArgumentException e) {
            throw settings.invalid("access", e.getMessage());
        }
    }

    private LunMasks masks(LunMap luns) {
        try {
            return LunMasks.of(luns, settings.list("masks"));
        } catch (IllegalArgumentException e) {
            throw settings.invalid("masks", e.getMessage());
        }
    }

    private Limits limits() {
        int maxBurstLength = number("maxBurstLength");
        int firstBurstLength = number("firstBurstLength");
        if (firstBurstLength > maxBurstLength) {
            throw settings.invalid(
                    "firstBurstLength", "give at most what maxBurstLength says, which is " + maxBurstLength);
        }
        return new Limits(
                number("maxRecvDataSegmentLength"),
                maxBurstLength,
                firstBurstLength,
                number("maxOutstandingR2T"),
                settings.flag("initialR2T"),
                settings.flag("immediateData"),
                number("defaultTime2Wait"),
                number("defaultTime2Retain"),
                number("errorRecoveryLevel"),
                number("maxConnections"),
                settings.flag("scsiEvents"));
    }

    private int number(String key) {
        return (int) settings.number(key);
    }
}
