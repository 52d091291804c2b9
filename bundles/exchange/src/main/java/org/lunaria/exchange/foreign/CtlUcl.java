package org.lunaria.exchange.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * FreeBSD's {@code ctl.conf} in the form that {@code ctld -u} reads (ctl.conf(5)), as the statements that the other form has.
 * Stateless.
 */
final class CtlUcl {
    /** In the other form a section has a name in front of its brace, and nothing an equals sign behind its key. */
    private static final Pattern UCL = Pattern.compile(
            "(?m)^[ \\t]*(\\{|\"?(auth-group|portal-group|lun|target)\"?\\s*[=:]?\\s*\\{|\"?[a-z-]+\"?\\s*(=|:\\s))");

    private CtlUcl() {}

    /** @return a statement without words that holds all others */
    static Statement parse(String text) {
        return UCL.matcher(text).find() ? statements(UclText.parse(text)) : BraceText.ofCtl(text);
    }

    private static Statement statements(Lined file) {
        Statement all = Statement.of(0, List.of());
        each(file, (key, value) -> {
            if (Ctl.SECTIONS.contains(key)) {
                each(value, (name, body) -> all.children().add(context(List.of(key, name), body)));
            } else {
                add(all, key, List.of(value.text()), value);
            }
        });
        return all;
    }

    private static Statement context(List<String> words, Lined body) {
        Statement context = Statement.of(body.line(), words);
        each(body, (key, value) -> {
            switch (key) {
                case "chap" -> add(context, key, texts(value, "user", "secret"), value);
                case "chap-mutual" ->
                    add(context, key, texts(value, "user", "secret", "mutual-user", "mutual-secret"), value);
                case "options" ->
                    each(value, (name, option) -> add(context, "option", List.of(name, option.text()), option));
                case "portal-group" -> portalGroup(context, value);
                case "lun" -> lun(context, value);
                case "number" -> {
                    // The unit's own, which is among the words.
                }
                default -> add(context, key, List.of(value.text()), value);
            }
        });
        return context;
    }

    private static void portalGroup(Statement target, Lined value) {
        if (value.fields().isEmpty()) {
            add(target, "portal-group", List.of(value.text()), value);
        } else {
            String accounts = value.text("auth-group-name");
            add(
                    target,
                    "portal-group",
                    accounts.isEmpty() ? List.of(value.text("name")) : List.of(value.text("name"), accounts),
                    value);
        }
    }

    /** One that has its number in it, or some by their numbers. */
    private static void lun(Statement target, Lined value) {
        if (value.fields().containsKey("number")) {
            lun(target, value.text("number"), value);
        } else {
            each(value, (number, lun) -> lun(target, number, lun));
        }
    }

    private static void lun(Statement target, String number, Lined value) {
        String name = value.fields().isEmpty() ? value.text() : value.text("name");
        if (name.isEmpty()) {
            target.children().add(context(List.of("lun", number), value));
        } else {
            add(target, "lun", List.of(number, name), value);
        }
    }

    private static List<String> texts(Lined value, String... keys) {
        return List.of(keys).stream().map(value::text).toList();
    }

    private static void add(Statement context, String keyword, List<String> values, Lined value) {
        List<String> words = new ArrayList<>(List.of(keyword));
        words.addAll(values);
        context.children().add(Statement.of(value.line(), words));
    }

    /** Each value of each key; a key with a list has several. */
    private static void each(Lined object, BiConsumer<String, Lined> taker) {
        for (Lined one : object.each()) {
            for (Map.Entry<String, Lined> field : one.fields().entrySet()) {
                field.getValue().each().forEach(value -> taker.accept(field.getKey(), value));
            }
        }
    }
}
