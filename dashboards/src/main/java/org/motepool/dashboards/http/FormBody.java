package org.motepool.dashboards.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a form sends in a body. */
public final class FormBody {
    public static final String TYPE = "application/x-www-form-urlencoded";

    /** More than any form of ours has. */
    private static final int FIELDS_MAX = 16;

    private FormBody() {}

    /**
     * Fields by name, decoded; of a repeated name the first. What cannot be decoded is left out.
     *
     * @see "URL Standard, application/x-www-form-urlencoded"
     */
    public static Map<String, String> fields(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", FIELDS_MAX + 1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || fields.size() == FIELDS_MAX) {
                continue;
            }
            Optional<String> value = decoded(pair.substring(equals + 1));
            if (value.isPresent()) {
                decoded(pair.substring(0, equals)).ifPresent(name -> fields.putIfAbsent(name, value.get()));
            }
        }
        return Map.copyOf(fields);
    }

    /** Empty where a percent sign stands alone: no browser writes that. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
