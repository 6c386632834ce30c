package org.motepool.pool.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Raw settings by key, each with the place it came from; later sources replace earlier ones. Not thread-safe. */
public final class Settings {
    private static final String BY_DEFAULT = " (by default)";

    private final Map<Key, Value> values = new EnumMap<>(Key.class);

    /** @param where for findings: file and key, variable or option */
    public record Value(List<String> texts, String where) {
        public Value {
            texts = List.copyOf(texts);
        }

        /** Nobody has set it. */
        public boolean isDefault() {
            return where.endsWith(BY_DEFAULT);
        }
    }

    /** All keys at their defaults. */
    public static Settings defaults() {
        Settings settings = new Settings();
        for (Key key : Key.values()) {
            settings.put(key, key.fallback().isEmpty() ? List.of() : List.of(key.fallback()), key.path() + BY_DEFAULT);
        }
        return settings;
    }

    public void put(Key key, List<String> texts, String where) {
        values.put(key, new Value(texts, where));
    }

    public void put(Key key, String text, String where) {
        put(key, List.of(text), where);
    }

    public Value get(Key key) {
        Value value = values.get(key);
        return value == null ? new Value(List.of(), key.path()) : value;
    }
}
