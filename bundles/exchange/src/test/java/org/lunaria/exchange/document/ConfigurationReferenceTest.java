package org.lunaria.exchange.document;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lunaria.admin.SettingKey;
import org.lunaria.exchange.document.MetatypeCatalog.Declaration;
import org.lunaria.settings.Effect;
import org.lunaria.settings.Range;
import org.lunaria.settings.ReferencePage;
import org.lunaria.settings.Settings;

/** docs/reference/configuration.md is what the bundles declare. Written anew with -Dreference.write=true. */
class ConfigurationReferenceTest {
    private static final String HEAD = """
            # Configuration

            Every PID and every key, as the bundles declare them. This page is made from the code, and a test compares the two.

            One file in `etc/` is one instance: `org.lunaria.unit-disk1.cfg` is the unit `disk1`. Commands write these files and an
            editor may; a change is taken within a second ([Configuration by file](../operations.md#configuration-by-file)). A value
            that cannot be taken is refused in one sentence with key, value and range, and what ran before goes on. Bytes, seconds and
            the like are whole numbers in the unit that ends the key's name. In a document for `appliance:import` sizes may be texts such
            as `"10G"`. Where no default stands the key must be set.

            """;

    @Test
    void thePageIsWhatTheBundlesDeclare() throws IOException {
        ReferencePage.check(ConfigurationReferenceTest.class, "configuration.md", page(new MetatypeCatalog()));
    }

    private static String page(MetatypeCatalog catalog) {
        StringBuilder page = new StringBuilder(HEAD).append("| PID | what |\n|---|---|\n");
        catalog.declarations()
                .forEach(declaration -> page.append("| [%s](#%s) | %s |%n"
                        .formatted(
                                declaration.pid(),
                                declaration.pid().replace(".", ""),
                                cell(declaration.description()))));
        catalog.declarations().forEach(declaration -> page.append(section(declaration)));
        return page.toString();
    }

    private static String section(Declaration declaration) {
        StringBuilder section = new StringBuilder();
        section.append("\n## %s\n\n%s. `etc/%s%s.cfg`%s%n%n"
                .formatted(
                        declaration.pid(),
                        declaration.description(),
                        declaration.pid(),
                        declaration.isFactory() ? "-NAME" : "",
                        declaration.isFactory() ? ", one for each." : ", which need not be there."));
        section.append("| key | default | values | a change is taken | what |\n|---|---|---|---|---|\n");
        Map<String, Method> methods = Arrays.stream(declaration.type().getDeclaredMethods())
                .collect(Collectors.toMap(Settings::key, Function.identity()));
        for (SettingKey key : declaration.keys()) {
            Method method = methods.get(key.name());
            section.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            key.name(),
                            defaultValue(key, method),
                            values(key, method),
                            effect(declaration, method),
                            cell(key.description())));
        }
        return section.toString();
    }

    private static String defaultValue(SettingKey key, Method method) {
        if (method.getDefaultValue() == null) {
            return "";
        }
        return key.defaultValue().isEmpty() ? "empty" : "`" + key.defaultValue() + "`";
    }

    private static String values(SettingKey key, Method method) {
        if (!key.choices().isEmpty()) {
            return key.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
        }
        return switch (key.type()) {
            case FLAG -> "`true`, `false`";
            case NUMBER ->
                Optional.ofNullable(method.getAnnotation(Range.class))
                        .map(range -> range.least() + " to " + range.most())
                        .orElseThrow(() -> new AssertionError(method + " says no @Range"));
            case TEXT -> "text";
        };
    }

    private static String effect(Declaration declaration, Method method) {
        return List.<AnnotatedElement>of(method, declaration.type()).stream()
                .map(element -> element.getAnnotation(Effect.class))
                .filter(effect -> effect != null)
                .findFirst()
                .map(effect -> effect.value().toString())
                .orElseThrow(() -> new AssertionError(method + " says no @Effect"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*");
    }
}
