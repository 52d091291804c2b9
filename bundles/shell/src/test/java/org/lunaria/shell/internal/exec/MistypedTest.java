package org.lunaria.shell.internal.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistypedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "volume:show                | Argument volume is required | volume:show: give VOLUME; volume:show --help says what it takes.",
                "volume:resize x            | Option --size is required | volume:resize: give --size; volume:resize --help says what it takes.",
                "backend:list x             | Too many arguments specified | backend:list: there are more arguments than it has; backend:list --help says what it takes.",
                "backend:list --wide        | Undefined option: --wide | backend:list: there is no option --wide; backend:list --help says what it takes.",
                "appliance:diff one         | Unable to convert argument from with value 'one' to type java.lang.Integer | FROM one: give a whole number.",
                "appliance:rollback x       | Unable to convert argument version with value 'x' to type int | VERSION x: give a whole number.",
                "appliance:top --interval x | Unable to convert option --interval with value 'x' to type double | --interval x: give a number.",
                "volume:list; volume:show   | Argument volume is required | one of the commands: give VOLUME; COMMAND --help says what it takes.",
                "`volume:list | head --wide` | Undefined option: --wide | one of the commands: there is no option --wide; COMMAND --help says what it takes.",
                "volume:set d 'vendor=a;b' x| Too many arguments specified | volume:set: there are more arguments than it has; volume:set --help says what it takes.",
                "volume:crate x             | Command not found: volume:crate | there is no command volume:crate; help lists all.",
                "volume:show x              | volume 'x' does not exist. | volume 'x' does not exist."
            })
    void aSentenceSaysWhatToDo(String line, String told, String sentence) {
        assertEquals(sentence, Mistyped.sentence(told, line));
    }
}
