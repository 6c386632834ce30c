package org.motepool.dashboards.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.motepool.core.bytes.Bytes;

/**
 * An answer: status, body and the headers of its own. Immutable.
 *
 * @param contentType with charset
 * @param headers beside those that the server adds to every reply
 */
public record Reply(int status, String contentType, Bytes body, Map<String, String> headers) {
    public static final String HTML = "text/html; charset=utf-8";
    public static final String JSON = "application/json; charset=utf-8";

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply html(int status, String document) {
        return of(status, HTML, document).header("Cache-Control", "no-cache").header("Vary", "Accept, Accept-Encoding");
    }

    /** JSON that any page may read; how long it keeps is up to the caller. */
    public static Reply json(int status, String json) {
        return of(status, JSON, json);
    }

    public static Reply of(int status, String contentType, String body) {
        return new Reply(status, contentType, Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    /** Sends the reader on to a path of this site, which is then asked for by GET. */
    public static Reply seeOther(String path) {
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("a redirect leads to a path of this site");
        }
        return of(303, "text/plain; charset=utf-8", "See " + path + "\n").header("Location", path);
    }

    /** With a header more, or another value of it. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }
}
