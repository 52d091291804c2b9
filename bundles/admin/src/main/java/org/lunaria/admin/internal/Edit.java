package org.lunaria.admin.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.SettingKey;

/** Sets keys in a text, of those that may be. Stateless. */
final class Edit {
    private Edit() {}

    /**
     * @param subject what is edited, as "target disks"
     * @param settings an empty value takes the key out, so that its default holds
     */
    static CfgText of(String subject, CfgText text, List<SettingKey> keys, Map<String, String> settings) {
        CfgText edited = text;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (keys.stream().noneMatch(key -> key.name().equals(setting.getKey()))) {
                throw new ApplianceException("key '" + setting.getKey() + "': " + subject + " takes "
                        + keys.stream().map(SettingKey::name).collect(Collectors.joining(", ")) + ".");
            }
            edited = setting.getValue().isEmpty()
                    ? edited.without(setting.getKey())
                    : edited.with(setting.getKey(), setting.getValue());
        }
        return edited;
    }
}
