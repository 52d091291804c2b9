package org.lunaria.iscsi.unh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.lunaria.iscsi.StandardsDocument;

/** Every case of a UNH-IOL suite has one test, and docs/standards.md lists it. */
class UnhCasesTest {
    private static final Comparator<Method> BY_NUMBER =
            Comparator.comparing((Method test) -> of(test).suite()).thenComparing(test -> sortable(of(test).number()));

    @Test
    void aCaseHasOneTest() throws Exception {
        List<Method> tests = tests();
        assertTrue(tests.stream()
                .allMatch(test ->
                        test.isAnnotationPresent(Test.class) || test.isAnnotationPresent(ParameterizedTest.class)));
        assertEquals(
                List.of(),
                tests.stream()
                        .collect(Collectors.groupingBy(test -> of(test).suite() + " " + of(test).number()))
                        .values()
                        .stream()
                        .filter(same -> same.size() > 1)
                        .toList());
    }

    @Test
    void theCasesAreThoseOfTheDocument() throws Exception {
        StandardsDocument.check(
                "UNH-IOL families",
                "| suite | case | about | RFC 7143 | test |\n|---|---|---|---|---|\n"
                        + tests().stream().map(UnhCasesTest::row).collect(Collectors.joining()));
    }

    private static String row(Method test) {
        UnhCase unh = of(test);
        return "| %s | %s | %s | %s | %s.%s |\n"
                .formatted(
                        unh.suite(),
                        unh.number(),
                        unh.title(),
                        unh.clause(),
                        test.getDeclaringClass().getSimpleName(),
                        test.getName());
    }

    /** All of this module's test classes, in the order of suites and numbers. */
    private static List<Method> tests() throws IOException, URISyntaxException {
        Path root = Path.of(UnhCase.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .flatMap(name -> Arrays.stream(load(name).getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(UnhCase.class))
                    .sorted(BY_NUMBER)
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, UnhCasesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Numbers in it are in the order of their values. */
    private static String sortable(String number) {
        return Pattern.compile("\\d+")
                .matcher(number)
                .replaceAll(digits -> "%04d".formatted(Integer.parseInt(digits.group())));
    }

    private static UnhCase of(Method test) {
        return test.getAnnotation(UnhCase.class);
    }
}
