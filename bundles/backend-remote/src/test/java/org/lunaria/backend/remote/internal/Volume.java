package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lunaria.settings.Settings;

/** Opens remote volumes as a configuration does. */
final class Volume {

    private static final int WAIT_SECONDS = 60;

    private Volume() {}

    /** Opens a volume and waits until its server is there. */
    static RemoteBackend open(String uri, Object... keys) throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        RemoteBackend backend = begin(opened::countDown, uri, keys);
        if (!opened.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            backend.close();
            throw new AssertionError("no server within " + WAIT_SECONDS + " s");
        }
        return backend;
    }

    static RemoteBackend begin(Runnable opened, String uri, Object... keys) throws IOException {
        Settings source = RemoteSettings.source(config(uri, keys));
        RemoteSettings settings = RemoteSettings.of(source);
        return new RemoteBackend(settings, RemoteComponent.server(source, settings), opened);
    }

    static Map<String, Object> config(String uri, Object... keys) {
        Map<String, Object> config = new HashMap<>();
        config.put("service.pid", "org.lunaria.backend.remote~disk-1");
        config.put("backend.id", "disk-1");
        config.put("uri", uri);
        for (int i = 0; i < keys.length; i += 2) {
            config.put((String) keys[i], keys[i + 1]);
        }
        return config;
    }
}
