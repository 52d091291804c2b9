package org.lunaria.scsi.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.internal.unit.Engine;
import org.lunaria.scsi.internal.unit.ServedUnit;

/**
 * A SCSI engine: logical units, and targets that show them. It has threads of its own, which are daemons. To be closed last, after
 * the transport that it serves and after its units. Thread-safe.
 */
public final class ScsiEngine implements AutoCloseable {
    /** Of products of the program, where the setting {@code revision} says nothing. */
    private static final String REVISION = "0.1";

    private final Engine engine;

    private ScsiEngine(Engine engine) {
        this.engine = engine;
    }

    /**
     * @param folder where units keep what is to outlive the program, as persistent reservations and saved mode parameters; for
     *     one engine at a time. It is made when there is something to keep
     */
    public static ScsiEngine open(Path folder) {
        return new ScsiEngine(new Engine(folder));
    }

    /** What a transport makes its targets with. */
    public ScsiTargets targets() {
        return engine;
    }

    /**
     * Makes a logical unit, which is there for initiators as soon as a target maps its name, and not ready until it has a
     * backend.
     *
     * @param name by which targets map it: letters, digits, dot, dash and underscore
     * @param settings by the keys of {@code etc/org.lunaria.unit-NAME.cfg}, as texts, numbers or booleans; {@code serial} and
     *     {@code naa} must be there, and be the same each time that the same bytes are served
     * @throws IllegalArgumentException with one sentence when a setting cannot be taken, or the identity is another unit's
     */
    public ScsiUnit addUnit(String name, Map<String, ?> settings) {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.putIfAbsent("backend.id", name);
        properties.put("service.pid", "org.lunaria.unit~" + name);
        return new ScsiUnit(new ServedUnit(engine, properties, REVISION));
    }

    @Override
    public void close() {
        engine.close();
    }
}
