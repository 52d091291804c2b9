package org.lunaria.shell.internal.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintStream;
import java.time.Instant;

/** Prints records as JSON, in the order of their components; a point in time as ISO 8601. Stateless. */
final class Json {
    private static final ObjectWriter WRITER = new ObjectMapper()
            .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .writerWithDefaultPrettyPrinter();

    private Json() {}

    static void print(Object answer, PrintStream out) {
        try {
            out.println(WRITER.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + answer.getClass(), e);
        }
    }
}
