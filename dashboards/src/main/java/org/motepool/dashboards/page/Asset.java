package org.motepool.dashboards.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;

/**
 * A file that pages refer to. Its path holds a hash of its content, so that readers keep it for ever and yet never see
 * an old one.
 *
 * @param path under which it is served
 */
public record Asset(String path, String contentType, Bytes content) {
    public static final Asset STYLE = load("style", "css", "text/css; charset=utf-8");
    public static final Asset MARK = load("mark", "svg", "image/svg+xml");
    public static final Asset LIVE = load("live", "js", "text/javascript; charset=utf-8");
    public static final List<Asset> ALL = List.of(STYLE, MARK, LIVE);

    private static final int HASH_BYTES = 6;

    /** Serves it, to be kept for a year. */
    public Route route() {
        Reply reply = new Reply(200, contentType, content, Map.of())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Vary", "Accept-Encoding");
        return new Route(path, question -> reply);
    }

    private static Asset load(String name, String ending, String contentType) {
        try (InputStream file = Asset.class.getResourceAsStream(name + "." + ending)) {
            if (file == null) {
                throw new IllegalStateException("the program is incomplete: no " + name + "." + ending);
            }
            Bytes content = Bytes.copyOf(file.readAllBytes());
            String hash = Sha256.once(content).slice(0, HASH_BYTES).toHex();
            return new Asset("/assets/" + name + "-" + hash + "." + ending, contentType, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
