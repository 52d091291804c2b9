package org.lunaria.shell.internal.console;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.lunaria.admin.ConfigurationDifference;

/** What was typed to get a command, as far as it matters afterwards, and without secrets. Stateless. */
final class Typed {
    private Typed() {}

    static String line(Action action) {
        Command command = action.getClass().getAnnotation(Command.class);
        Action untouched = another(action);
        Map<Integer, String> arguments = new TreeMap<>();
        Map<String, String> options = new TreeMap<>();
        for (Field field : fields(action)) {
            Object value = value(field, action);
            if (Objects.equals(value, value(field, untouched))) {
                continue;
            }
            Argument argument = field.getAnnotation(Argument.class);
            Option option = field.getAnnotation(Option.class);
            if (argument != null) {
                arguments.put(argument.index(), text(value, " "));
            } else if (option != null && Boolean.TRUE.equals(value)) {
                options.put(option.name(), option.name());
            } else if (option != null) {
                options.put(option.name(), option.name() + " " + text(value, " " + option.name() + " "));
            }
        }
        options.remove("--json");
        List<String> words = new ArrayList<>();
        words.add(command.scope() + ":" + command.name());
        words.addAll(arguments.values());
        words.addAll(options.values());
        return String.join(" ", words);
    }

    /** One of which nothing was typed: what is as there, is as by default. */
    private static Action another(Action action) {
        try {
            return action.getClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object value, String separator) {
        return value instanceof Collection<?> several
                ? several.stream().map(Typed::word).collect(Collectors.joining(separator))
                : word(value);
    }

    /** Of a key that holds a secret, the value is not told. */
    private static String word(Object value) {
        String word = value.toString().replace(OptionsAnywhere.STANDARD, "-");
        int equals = word.indexOf('=');
        return equals > 0 && ConfigurationDifference.isSecret(word.substring(0, equals))
                ? word.substring(0, equals + 1) + ConfigurationDifference.HIDDEN
                : word;
    }

    private static List<Field> fields(Action action) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = action.getClass(); type != Object.class; type = type.getSuperclass()) {
            fields.addAll(List.of(type.getDeclaredFields()));
        }
        fields.sort(Comparator.comparing(Field::getName));
        return fields;
    }

    private static Object value(Field field, Action action) {
        try {
            field.setAccessible(true);
            return field.get(action);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
