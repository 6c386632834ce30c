package org.motepool.pool.operations;

import java.nio.file.Path;
import java.util.List;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;

/** Whole pools on any free ports of this machine. */
final class Pools {
    private Pools() {}

    static Settings settings(Path data, String network) {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, network, "test");
        settings.put(Key.DATA, data.toString(), "test");
        settings.put(Key.DEVICE_PORT, "off", "test");
        settings.put(Key.NOTICE_ENABLED, "true", "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        return settings;
    }
}
