package org.motepool.dashboards.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Worker;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.dashboards.DashboardServer;
import org.motepool.dashboards.RunningClock;
import org.motepool.dashboards.Sample;

/** The page that mines, without a pool behind it: what it hashes, and what it never does. */
class MineInBrowserTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NONCE_AT = 76;
    private static final int NONCES = 300_000;
    /** Top 32 bits of the hashes that are looked for: about 1 in 16,384. */
    private static final int CEILING = 0x3ffff;

    private static Chromium chromium;

    private DashboardServer server;
    private BrowserContext context;

    @BeforeAll
    static void open() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void shut() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = DashboardServer.start(Sample.settings(0), Sample.store(), new RunningClock(), new CollectorRegistry());
        context = chromium.browser.newContext(new Browser.NewContextOptions().setLocale("en-GB"));
        context.setDefaultTimeout(20_000);
    }

    @AfterEach
    void stop() {
        context.close();
        server.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.port() + "/mine";
    }

    @ParameterizedTest
    @ValueSource(strings = {"simd", "wasm", "script"})
    void findsTheNoncesThatMessageDigestFinds(String engine) throws Exception {
        long seed = System.nanoTime();
        System.out.printf("findsTheNoncesThatMessageDigestFinds(%s): seed %d%n", engine, seed);
        byte[] header = new byte[80];
        new Random(seed).nextBytes(header);
        List<Long> wanted = byMessageDigest(header);
        Page page = context.newPage();
        page.navigate(address());
        Worker worker = page.waitForWorker(() -> page.evaluate("new Worker(mine.dataset.worker); 0"));
        String modules = modules(page, engine);

        // The worker's own parts, as it puts them together for a job.
        Object found = worker.evaluate(
                """
                ([modules, header, nonces, ceiling]) => {
                  engine = choose(modules.map(([name, lanes, bytes]) => ({ name, lanes, bytes: fromHex(bytes) })));
                  const view = new DataView(fromHex(header).buffer);
                  for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
                  compress(INITIAL, midstate);
                  for (let i = 0; i < 3; i++) tail[i] = view.getInt32(64 + 4 * i);
                  engine.begin();
                  const found = [], groups = [];
                  for (let at = 0; at < nonces;) {
                    const done = engine.scan(at, nonces - at, ceiling);
                    at += done;
                    if (at < nonces) groups.push(at);
                    for (let lane = 0; at < nonces && lane < engine.lanes; lane++, at++) {
                      hash(at);
                      if (swapped(state[7]) >>> 0 <= ceiling) found.push(at);
                    }
                  }
                  return JSON.stringify({ name: engine.name, found, groups: groups.length });
                }""", List.of(JSON.readValue(modules, List.class), HexFormat.of().formatHex(header), NONCES, CEILING));

        JsonNode told = JSON.readTree(found.toString());
        List<Long> nonces = new ArrayList<>();
        told.get("found").forEach(nonce -> nonces.add(nonce.asLong()));
        assertThat(told.get("name").asText()).isEqualTo(engine);
        assertThat(nonces).isNotEmpty().isEqualTo(wanted);
        assertThat(told.get("groups").asInt()).as("stops for nothing else").isLessThanOrEqualTo(wanted.size());
    }

    /** Name, lanes and bytes of the engine's module, which the server serves; of plain script none. */
    private static String modules(Page page, String engine) {
        return page.evaluate("""
                async name => JSON.stringify(name === 'script' ? [] : [[name, name === 'simd' ? 4 : 1,
                  [...new Uint8Array(await (await fetch(mine.dataset[name])).arrayBuffer())]
                    .map(byte => byte.toString(16).padStart(2, '0')).join('')]])""", engine).toString();
    }

    private static List<Long> byMessageDigest(byte[] header) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<Long> found = new ArrayList<>();
        for (int nonce = 0; nonce < NONCES; nonce++) {
            for (int i = 0; i < 4; i++) {
                header[NONCE_AT + i] = (byte) (nonce >>> 8 * i);
            }
            byte[] hash = digest.digest(digest.digest(header));
            int top = (hash[31] & 0xff) << 24 | (hash[30] & 0xff) << 16 | (hash[29] & 0xff) << 8 | hash[28] & 0xff;
            if (Integer.compareUnsigned(top, CEILING) <= 0) {
                found.add((long) nonce);
            }
        }
        return found;
    }

    @Test
    void neverStartsByItself() {
        context.addInitScript("localStorage.setItem('mote.address', '" + Sample.address(1) + "')");
        List<String> opened = new CopyOnWriteArrayList<>();
        Page page = context.newPage();
        page.onWebSocket(socket -> opened.add(socket.url()));
        page.onWorker(worker -> opened.add(worker.url()));
        page.onRequest(request -> opened.add(request.url()));
        page.navigate(address());
        page.waitForSelector("#mine:not([hidden])");
        // All that a page may do by itself it has done by then: events of its life, clicks that are none of a person's.
        page.evaluate("for (const kind of ['focus', 'pageshow', 'visibilitychange', 'online', 'load']) {"
                + " dispatchEvent(new Event(kind)); document.dispatchEvent(new Event(kind)); }");
        page.evaluate("new Promise(done => setTimeout(done, 1200))");

        assertThat(page.inputValue("#address")).isEqualTo(Sample.address(1).canonical());
        assertThat(page.textContent("#state")).isEqualTo("Nothing runs yet.");
        assertThat(page.workers()).isEmpty();
        assertThat(opened).noneMatch(each -> each.startsWith("ws") || each.contains("worker") || each.contains("wasm"));
    }

    @Test
    void noSiteCanFrameIt() {
        Page page = context.newPage();
        page.route(
                "http://other.example/",
                (Route route) -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<iframe src='" + address() + "'></iframe><p id=end>end</p>")));
        page.navigate("http://other.example/");
        page.waitForSelector("#end");
        page.waitForCondition(
                () -> page.frames().size() == 2 && page.frames().get(1).url().startsWith("chrome-error:"));

        assertThat(page.frames().get(1).locator("#press").count()).isZero();
    }

    @Test
    void itsPolicyHoldsInTheBrowser() {
        List<String> said = new CopyOnWriteArrayList<>();
        context.onConsoleMessage(message -> said.add(message.text()));
        Page page = context.newPage();
        page.navigate(address());
        page.waitForSelector("#mine:not([hidden])");

        Object tried = page.evaluate("""
                async () => {
                  const script = document.createElement('script');
                  script.textContent = 'window.owned = true';
                  document.body.append(script);
                  const elsewhere = await fetch('http://127.0.0.1:1/').then(() => 'done', () => 'refused');
                  const socket = new WebSocket('ws://pool.example:3334/');
                  await new Promise(failed => { socket.onerror = failed; });
                  return elsewhere + ', ' + window.owned;
                }""");

        assertThat(tried).isEqualTo("refused, undefined");
        assertThat(said).anyMatch(each -> each.contains("ws://pool.example:3334/") && each.contains("connect-src"));
        assertThat(page.evaluate(
                        "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'done')"))
                .isEqualTo("done");
        page.navigate("http://127.0.0.1:" + server.port() + "/");
        assertThat(page.evaluate("WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))"
                        + ".then(() => 'done', () => 'refused')"))
                .as("elsewhere nothing is compiled")
                .isEqualTo("refused");
    }
}
