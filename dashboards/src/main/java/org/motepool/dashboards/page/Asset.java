package org.motepool.dashboards.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.dashboards.http.ContentPolicy;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.wasm.HashModule;
import org.motepool.dashboards.wasm.Lanes;

/**
 * A file that pages refer to. Its path holds a hash of its content, so that readers keep it for ever and yet never see
 * an old one.
 *
 * @param path under which it is served
 * @param headers beside those of every asset
 */
public record Asset(String path, String contentType, Bytes content, Map<String, String> headers) {
    private static final int HASH_BYTES = 6;
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String SHEET = "text/css; charset=utf-8";

    public static final Asset STYLE = load("style", "css", SHEET);
    public static final Asset MARK = load("mark", "svg", "image/svg+xml");
    public static final Asset LIVE = load("live", "js", SCRIPT);

    /** Of the page that mines: its looks, its module, its worker, and what the worker runs where it can. */
    public static final Asset MINE_STYLE = load("mine", "css", SHEET);

    public static final Asset MINE = load("mine", "js", SCRIPT);
    public static final Asset WORKER = load("worker", "js", SCRIPT).with(MinePolicy.ofWorker());
    public static final Asset SIMD = of("simd", "wasm", "application/wasm", HashModule.of(Lanes.FOUR));
    public static final Asset WASM = of("wasm", "wasm", "application/wasm", HashModule.of(Lanes.ONE));

    /** Of the pages on which owners decide. */
    public static final Asset SETTINGS_STYLE = load("settings", "css", SHEET);

    public static final List<Asset> ALL =
            List.of(STYLE, MARK, LIVE, SETTINGS_STYLE, MINE_STYLE, MINE, WORKER, SIMD, WASM);

    public Asset {
        headers = Map.copyOf(headers);
    }

    /** Serves it, to be kept for a year. */
    public Route route() {
        Reply reply = new Reply(200, contentType, content, headers)
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Vary", "Accept-Encoding");
        return new Route(path, question -> reply);
    }

    private Asset with(ContentPolicy policy) {
        return new Asset(path, contentType, content, Map.of(ContentPolicy.HEADER, policy.toString()));
    }

    private static Asset of(String name, String ending, String contentType, Bytes content) {
        String hash = Sha256.once(content).slice(0, HASH_BYTES).toHex();
        return new Asset("/assets/" + name + "-" + hash + "." + ending, contentType, content, Map.of());
    }

    private static Asset load(String name, String ending, String contentType) {
        try (InputStream file = Asset.class.getResourceAsStream(name + "." + ending)) {
            if (file == null) {
                throw new IllegalStateException("the program is incomplete: no " + name + "." + ending);
            }
            return of(name, ending, contentType, Bytes.copyOf(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
