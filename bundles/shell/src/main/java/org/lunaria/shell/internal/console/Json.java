package org.lunaria.shell.internal.console;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Prints records as JSON, in the order of their components; a point in time as ISO 8601, and what is not there as null.
 * Stateless.
 */
final class Json {
    private static final ObjectWriter WRITER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(new OrNull()))
            .writerWithDefaultPrettyPrinter();

    private static final class OrNull extends StdSerializer<Optional<?>> {
        private static final long serialVersionUID = 1L;

        OrNull() {
            super(Optional.class, false);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(value.orElse(null), generator);
        }
    }

    private Json() {}

    static void print(Object answer, PrintStream out) {
        try {
            out.println(WRITER.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + answer.getClass(), e);
        }
    }
}
