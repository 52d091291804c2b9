package org.lunaria.shell.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.shell.internal.TestShell;

/** What all commands have in common: which there are, their options, what the tabulator offers, JSON. */
class CommandFormsTest {
    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "volume:create",
            "volume:list",
            "volume:show",
            "volume:delete",
            "volume:eject",
            "volume:load",
            "volume:migrate",
            "volume:resize",
            "volume:set",
            "volume:swap",
            "target:create",
            "target:list",
            "target:show",
            "target:delete",
            "target:map",
            "target:unmap",
            "target:allow",
            "target:deny",
            "target:mask",
            "target:unmask",
            "target:set",
            "account:create",
            "account:list",
            "account:set",
            "account:delete",
            "portal:create",
            "portal:list",
            "portal:delete",
            "portal:set",
            "session:list",
            "session:show",
            "session:drop",
            "backend:list",
            "appliance:events",
            "appliance:history",
            "appliance:diff",
            "appliance:export",
            "appliance:import",
            "appliance:rollback",
            "appliance:status",
            "appliance:top"));

    @RegisterExtension
    private final Typist typist = new Typist();

    @Test
    void commandsAreThoseOfTheManual() throws Exception {
        assertEquals(
                NAMES,
                new TreeSet<>(commands()
                        .map(type -> type.getAnnotation(Command.class))
                        .map(command -> command.scope() + ":" + command.name())
                        .toList()));
    }

    @Test
    void everyCommandTakesOptionsAnywhereAndShowsAnExample() throws Exception {
        for (Class<?> type : commands().toList()) {
            Command command = type.getAnnotation(Command.class);
            assertNotNull(type.getAnnotation(Parsing.class), type.getName());
            String example = "Example: " + command.scope() + ":" + command.name();
            assertTrue(command.detailedDescription().startsWith(example), type.getName());
            assertTrue(command.description().endsWith("."), type.getName());
        }
    }

    @Test
    void flagsAreTheOptionsThatAreTrueOrFalse() throws Exception {
        Set<String> flags = new TreeSet<>(Set.of("--help"));
        for (Class<?> type : commands().toList()) {
            for (Field field : options(type)) {
                if (field.getType() == boolean.class) {
                    flags.add(field.getAnnotation(Option.class).name());
                }
            }
        }
        assertEquals(flags, new TreeSet<>(OptionsAnywhere.FLAGS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume:create x --size 1G",
                "volume:list",
                "volume:show d1",
                "volume:delete d1",
                "volume:migrate d1 --kind file --rate 50M",
                "volume:migrate d1 --cancel",
                "volume:set d1 readOnly=true vendor=",
                "volume:swap d1 --kind file --path /srv/d1.img --unchecked",
                "target:create t",
                "target:list",
                "target:show t1",
                "target:delete t1 --yes",
                "target:map t1 d1",
                "target:unmap t1 d1",
                "target:allow t1 any",
                "target:deny t1 any",
                "target:mask t1 iqn.1993-08.org.debian:b 0 2:ro",
                "target:unmask t1 iqn.1993-08.org.debian:b",
                "target:set t1 alias=x auth=",
                "account:list",
                "account:set a1 --user x",
                "account:delete a1",
                "portal:create p ::",
                "portal:list",
                "portal:delete p",
                "portal:set p tag=2",
                "session:list",
                "session:show 1",
                "session:drop 1",
                "backend:list",
                "appliance:events --kind login --last 3",
                "appliance:history",
                "appliance:diff",
                "appliance:diff 1",
                "appliance:export",
                "appliance:diff 1 2",
                "appliance:rollback 1 --dry-run",
                "appliance:rollback 1 --yes",
                "appliance:status",
                "appliance:top --once --interval 0.1"
            })
    void everyCommandSpeaksToPeopleAndToPrograms(String line) throws Exception {
        assertTrue(typist.run(line).endsWith("\n"));
        JsonNode json = new ObjectMapper().readTree(typist.run(line + " --json"));
        assertTrue(json.isObject() || json.isArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'volume:show '; d1",
                "'volume:create d2 --kind '; file memory",
                "'volume:create d2 --block '; 2048 4096 512",
                "'volume:create d2 --set '; create= vendor= whenGone=FAIL whenGone=HOLD",
                "'volume:create d2 --kind memory --set '; discardWrites= vendor= whenGone=FAIL whenGone=HOLD",
                "'volume:set '; d1",
                "'volume:set d1 '; direct=false direct=true vendor= whenGone=FAIL whenGone=HOLD",
                "'target:map '; iqn.2026-11.org.lunaria:t1 t1",
                "'target:map t1 '; d1",
                "'target:map t1 d1 --lun '; 1",
                "'target:map --lun 3 t1 '; d1",
                "'target:allow t1 '; any iqn.1993-08.org.debian:a iqn.1993-08.org.debian:b",
                "'target:unmap t1 '; d1",
                "'target:mask t1 iqn.1993-08.org.debian:b '; 0 0:ro none",
                "'target:mask t1 iqn.1993-08.org.debian:new 7:ro '; 0 0:ro none",
                "'target:unmask t1 '; iqn.1993-08.org.debian:b",
                "'session:drop '; 1",
                "'target:set t1 '; alias= auth=chap auth=none",
                "'target:set t1 alias=x '; alias= auth=chap auth=none",
                "'account:set '; a1",
                "'account:delete '; a1",
                "'appliance:rollback '; 1 2",
                "'appliance:diff 1 '; 1 2",
                "'appliance:import x --format '; ctl gotgt lio lunaria scst tgt",
                "'portal:delete '; default"
            })
    void tabulatorOffersWhatThereIs(String line, String offered) {
        assertEquals(List.of(offered.split(" ")), typist.complete(line));
    }

    @Test
    void optionsAreOfferedBehindArguments() {
        assertTrue(typist.complete("volume:create d2 --ki").contains("--kind"));
        assertTrue(typist.complete("volume:delete d1 --").contains("--purge"));
    }

    private static Stream<Class<?>> commands() throws Exception {
        return TestShell.services().stream().filter(type -> type.isAnnotationPresent(Command.class));
    }

    private static List<Field> options(Class<?> type) {
        List<Field> options = new ArrayList<>();
        for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.isAnnotationPresent(Option.class)) {
                    options.add(field);
                }
            }
        }
        return options;
    }
}
