package org.lunaria.shell.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;

/**
 * What a command declares by its annotations.
 *
 * @param description what it does, in one or more sentences
 * @param parameters its arguments by their places, then its options by their names; without those that all commands have
 */
record CommandForm(String scope, String verb, String description, List<String> examples, List<Parameter> parameters) {
    private static final String EXAMPLE = "Example: ";
    private static final List<String> OF_ALL = List.of("--help", "--json", "--no-format");

    /**
     * An argument or an option.
     *
     * @param form as it is typed
     * @param defaultValue or empty
     */
    record Parameter(String form, boolean isRequired, String defaultValue, String description) {
        boolean isOption(String word) {
            return (form + " ").startsWith(word + " ");
        }
    }

    static CommandForm of(Class<?> type) throws ReflectiveOperationException {
        Command command = type.getAnnotation(Command.class);
        List<String> details = command.detailedDescription().lines().toList();
        StringBuilder description = new StringBuilder(command.description());
        details.stream()
                .filter(line -> !line.startsWith(EXAMPLE))
                .forEach(line -> description.append(' ').append(line));
        return new CommandForm(
                command.scope(),
                command.name(),
                description.toString(),
                details.stream()
                        .filter(line -> line.startsWith(EXAMPLE))
                        .map(line -> line.substring(EXAMPLE.length()))
                        .toList(),
                parameters(type));
    }

    String name() {
        return scope + ":" + verb;
    }

    List<String> unknownOptions(String example) {
        return Stream.of(example.split(" "))
                .filter(word -> word.startsWith("--") && !OF_ALL.contains(word))
                .filter(word -> parameters.stream().noneMatch(parameter -> parameter.isOption(word)))
                .toList();
    }

    private static List<Parameter> parameters(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object command = constructor.newInstance();
        List<Field> fields = fields(type);
        List<Parameter> parameters = new ArrayList<>();
        fields.stream()
                .filter(field -> field.isAnnotationPresent(Argument.class))
                .sorted(Comparator.comparing(
                        field -> field.getAnnotation(Argument.class).index()))
                .forEach(field -> parameters.add(argument(field, command)));
        fields.stream()
                .filter(field -> field.isAnnotationPresent(Option.class))
                .filter(field ->
                        !OF_ALL.contains(field.getAnnotation(Option.class).name()))
                .sorted(Comparator.comparing(
                        field -> field.getAnnotation(Option.class).name()))
                .forEach(field -> parameters.add(option(field, command)));
        return parameters;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            fields.addAll(Arrays.asList(each.getDeclaredFields()));
        }
        return fields;
    }

    private static Parameter argument(Field field, Object command) {
        Argument argument = field.getAnnotation(Argument.class);
        String form = argument.name().toUpperCase(Locale.ROOT) + (argument.multiValued() ? "..." : "");
        return new Parameter(form, argument.required(), defaultValue(field, command), argument.description());
    }

    private static Parameter option(Field field, Object command) {
        Option option = field.getAnnotation(Option.class);
        String form = option.name();
        if (option.multiValued()) {
            form += " KEY=VALUE";
        } else if (field.getType() != boolean.class) {
            form += " " + form.substring("--".length()).toUpperCase(Locale.ROOT);
        }
        return new Parameter(form, option.required(), defaultValue(field, command), option.description());
    }

    /** What the field holds before anything is typed. */
    private static String defaultValue(Field field, Object command) {
        try {
            field.setAccessible(true);
            Object value = field.get(command);
            boolean isNothing = value == null
                    || value.equals(false)
                    || value.equals(0)
                    || value instanceof Collection<?> values && values.isEmpty();
            return isNothing ? "" : value.toString();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
