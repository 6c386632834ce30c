package org.motepool.pool.config;

import java.util.ArrayList;
import java.util.List;

/** What the settings are and where each comes from, for people; without secrets. */
public final class Origins {
    private static final String MASK = "***";

    private Origins() {}

    /**
     * @param key its dotted path
     * @param value masked where it is secret; empty when it is not set
     * @param from default, file, variable or option
     */
    public record Line(String key, String value, String from) {}

    public static List<Line> of(Settings settings) {
        List<Line> lines = new ArrayList<>();
        for (Key key : Key.values()) {
            Settings.Value value = settings.get(key);
            List<String> shown = value.texts().stream()
                    .map(text -> key.isSecret() ? masked(text) : text)
                    .toList();
            lines.add(new Line(
                    key.path(),
                    String.join(key == Key.LISTENERS ? "; " : ", ", shown),
                    value.isDefault() ? "default" : value.where()));
        }
        return lines;
    }

    /** Of a URL what stands before the {@code @}; all of anything else. */
    static String masked(String secret) {
        int scheme = secret.indexOf("://");
        int at = secret.lastIndexOf('@');
        if (scheme < 0) {
            return MASK;
        }
        return at < scheme ? secret : secret.substring(0, scheme + 3) + MASK + secret.substring(at);
    }
}
