package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureSentenceTest {

    @Test
    void refusalWinsOverWhatWrapsIt() {
        assertEquals(
                "org.lunaria.unit d: naa = 7: give 16 digits.",
                FailureSentence.in("java.lang.reflect.InvocationTargetException\n\tat a.b(C.java:1)\n"
                        + "Caused by: org.lunaria.settings.InvalidSetting: org.lunaria.unit d: naa = 7: give 16 digits.\n"
                        + "\tat x.y(Z.java:2)\nCaused by: java.io.IOException: deeper\n"));
    }

    @Test
    void innermostCauseSpeaksWhenNothingWasRefused() {
        assertEquals(
                "disk on fire: see log",
                FailureSentence.in("java.lang.RuntimeException: outer\n\tat a.b(C.java:1)\n"
                        + "Caused by: java.io.IOException: disk on fire: see log\n\t... 2 more\n"));
    }

    @Test
    void throwableWithoutMessageIsNamed() {
        assertEquals(
                "java.lang.NullPointerException", FailureSentence.in("java.lang.NullPointerException\n\tat a.b(C:1)"));
    }

    @Test
    void anythingElseStaysAsItIs() {
        assertEquals("what is this?", FailureSentence.in("what is this?"));
        assertEquals("", FailureSentence.in(""));
    }
}
