package com.example.backend.mine;

import java.lang.annotation.Annotation;
import java.nio.file.Path;

/** A configuration as Declarative Services hands it over. */
record Config(String backend_id, long sizeBytes, String first, String second, int stripeBytes, boolean create)
        implements MineConfig {

    static Config of(Path folder, long sizeBytes, boolean create) {
        return new Config(
                "v",
                sizeBytes,
                folder.resolve("v.1").toString(),
                folder.resolve("v.2").toString(),
                8192,
                create);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return MineConfig.class;
    }
}
