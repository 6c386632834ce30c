package org.motepool.dashboards.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.dashboards.DashboardServer;
import org.motepool.dashboards.DashboardSettings;
import org.motepool.dashboards.FakeStore;
import org.motepool.dashboards.RunningClock;
import org.motepool.dashboards.Sample;
import org.motepool.dashboards.page.Asset;
import org.motepool.store.Blocks;
import org.motepool.store.LiveStats.NodeReport;
import org.motepool.store.LiveStats.WorkerReport;

class PagesInBrowserTest {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final PayoutAddress ONE = Sample.address(1);
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("home", "/"),
            Map.entry("account", "/users/" + ONE),
            Map.entry("worker", "/users/" + ONE + "/desk"),
            Map.entry("blocks", "/blocks"),
            Map.entry("block", "/blocks/%064x".formatted(900_001)),
            Map.entry("devices", "/devices"),
            Map.entry("payouts", "/payouts"),
            Map.entry("connect", "/connect"),
            Map.entry("mine", "/mine"),
            Map.entry("rewards", "/rewards?address=" + ONE + "&watts=5&price=0.3&coin=90000"),
            Map.entry("settings", "/settings/" + ONE),
            Map.entry("sign", "/settings/" + ONE + "?field=lightning&value=someone@example.com"),
            Map.entry("nothing", "/no"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERY_RULE = "";
    /** All that a dark page has of its own. */
    private static final String COLOURS = ", runOnly: ['color-contrast']";

    private static final int PHONE_WIDTH = 320;
    private static final int DESK_WIDTH = 1_280;
    private static final int HEIGHT = 800;
    private static final double SECONDS_2 = 2_000;

    private static Chromium chromium;
    private static String axe = "";

    private final FakeStore store = Sample.store();
    private final CollectorRegistry registry = new CollectorRegistry();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private DashboardServer server;
    private BrowserContext context;

    @BeforeAll
    static void open() throws IOException {
        chromium = Chromium.start();
        Files.createDirectories(SHOTS);
        try (InputStream in = PagesInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void shut() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = serve(0);
        context = context(DESK_WIDTH, ColorScheme.LIGHT, true);
    }

    @AfterEach
    void stop() {
        context.close();
        server.close();
        assertThat(troubles).as("errors in the browser's console").isEmpty();
    }

    private DashboardServer serve(int port) throws IOException {
        DashboardSettings settings = Sample.settings(port);
        return DashboardServer.start(
                settings, store, new RunningClock(), port == 0 ? registry : new CollectorRegistry());
    }

    private BrowserContext context(int width, ColorScheme scheme, boolean script) {
        BrowserContext made = chromium.browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(script)
                .setLocale("en-GB")
                .setReducedMotion(ReducedMotion.REDUCE));
        made.setDefaultTimeout(20_000);
        made.onConsoleMessage(message -> {
            // A page that is not there, and a server that is being restarted, are said so by the browser itself.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                troubles.add(message.text());
            }
        });
        made.onWebError(error -> troubles.add(error.error()));
        return made;
    }

    private Page visit(String path) {
        Page page = context.newPage();
        page.navigate("http://127.0.0.1:" + server.port() + path);
        return page;
    }

    @Test
    void everyPageFitsEveryScreenAndHasNoSeriousFault() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, String> each : PAGES.entrySet()) {
            // Loaded once: the colours and the width are the browser's, and a page follows them.
            Page page = visit(each.getValue());
            page.evaluate(axe);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (int width : new int[] {PHONE_WIDTH, DESK_WIDTH}) {
                    page.setViewportSize(width, HEIGHT);
                    String name =
                            each.getKey() + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                    shoot(page, name);
                    faults.addAll(tooWide(page, name));
                    faults.addAll(axe(page, name, scheme == ColorScheme.LIGHT ? EVERY_RULE : COLOURS));
                }
            }
            page.close();
        }
        assertThat(faults).isEmpty();
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static List<String> tooWide(Page page, String name) {
        int wide = ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue();
        return wide > 0 ? List.of(name + " is " + wide + " pixels too wide") : List.of();
    }

    private static List<String> axe(Page page, String name, String rules) throws IOException {
        Object found = page.evaluate("axe.run({resultTypes: ['violations']" + rules
                + "}).then(r => JSON.stringify(r.violations.map(v => [v.impact, v.id,"
                + " v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + n.failureSummary).join('; ')])))");
        List<String> faults = new ArrayList<>();
        for (JsonNode violation : JSON.readTree(found.toString())) {
            String impact = violation.get(0).asText();
            if (impact.equals("serious") || impact.equals("critical")) {
                faults.add(name + ": " + violation);
            }
        }
        return faults;
    }

    @Test
    void everythingReadsWithoutScript() {
        context.close();
        context = context(PHONE_WIDTH, ColorScheme.LIGHT, false);
        for (Map.Entry<String, String> each : PAGES.entrySet()) {
            Page page = visit(each.getValue());
            shoot(page, each.getKey() + "-no-script");
            assertThat(tooWide(page, each.getKey())).isEmpty();
            assertThat(page.locator("h1").isVisible()).as(each.getKey()).isTrue();
            assertThat(page.locator("button.copy:visible").count())
                    .as("buttons that would do nothing on %s", each.getKey())
                    .isZero();
            page.close();
        }
        Page page = visit("/");
        page.fill("#address", ONE.canonical() + ".desk");
        page.press("#address", "Enter");
        assertThat(page.url()).endsWith("/users/" + ONE);
        page.click("a[hreflang=pl]");
        assertThat(page.locator("h2").first().textContent()).isEqualTo("Prędkość w czasie");
        page.click("nav a[href='/devices']");
        assertThat(page.locator("h1").textContent()).as("the choice is kept").isEqualTo("Urządzenia");
    }

    @Test
    void theKeyboardAloneLeadsEverywhere() {
        Page page = visit("/");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("content");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("address");
        page.keyboard().type(ONE.canonical());
        page.keyboard().press("Enter");
        page.waitForURL("**/users/" + ONE);
        for (int i = 0;
                i < 30 && !page.evaluate("document.activeElement.tagName").equals("SUMMARY");
                i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .as("what has the focus shows it")
                    .isNotEqualTo("none");
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("details table").isVisible()).isTrue();
    }

    @Test
    void anOpenPageFollowsThePoolAndNothingJumps() {
        Page page = visit("/");
        page.waitForSelector("#link.on");
        page.evaluate(
                "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.shift += e.value))"
                        + ".observe({type: 'layout-shift'})");
        for (int devices : new int[] {25, 99, 1_234}) {
            store.nodes.set(0, node(devices));
            assertThat(devicesTold(page)).hasText("%,d".formatted(devices));
        }
        store.blocks.add(Sample.block(900_002, Blocks.State.IMMATURE, Sample.address(3), Sample.NOW - 1_000));
        assertThat(page.locator("#blocks tbody th").first()).hasText("900,002");
        // No piece moves; what is left is the edge of a number that grew by a digit.
        assertThat(((Number) page.evaluate("window.shift")).doubleValue()).isLessThan(0.001);
    }

    private static Locator devicesTold(Page page) {
        return page.locator(".tiles .value").nth(1);
    }

    private static NodeReport node(int workers) {
        NodeReport base = Sample.node();
        return new NodeReport(
                base.nodeId(),
                workers + 2,
                workers,
                base.accounts(),
                base.accepted(),
                base.rejected(),
                base.windowShares(),
                base.windowWork() * 3,
                base.windowSeconds(),
                base.best(),
                base.bestToday(),
                base.hashPath(),
                base.startedAt(),
                base.reportedAt(),
                base.families());
    }

    @Test
    void aDeviceStandsOnThePageWithinTwoSecondsOfItsReport() {
        PayoutAddress of = Sample.address(40);
        Page page = visit("/users/" + of);
        page.waitForSelector("#link.on");
        assertThat(page.locator("[data-live=verdict]").textContent()).contains("Never seen");

        long reported = System.nanoTime();
        store.workers.put(
                of.accountId(),
                List.of(Sample.worker(of, "hall", Sample.session("00000001", "NerdMinerV2", 16, Sample.NOW), 0)));
        assertThat(page.locator("[data-live=verdict]")).containsText("no share yet");
        System.out.printf(
                "a reported device stood on the page after %d ms%n", (System.nanoTime() - reported) / 1_000_000);
    }

    @Test
    void anOpenPageOutlivesTheServersRestart() throws IOException {
        Page page = visit("/");
        page.waitForSelector("#link.on");
        int port = server.port();
        server.close();
        page.waitForSelector("#link.off");
        store.nodes.set(0, node(77));
        server = serve(port);
        page.waitForSelector("#link.on");
        assertThat(devicesTold(page)).hasText("77");
    }

    @Test
    void oneBrowserHasOneStreamAndNoneWhileNobodyLooks() {
        Page first = visit("/");
        first.waitForSelector("#link.on");
        Page second = visit("/users/" + ONE);
        second.waitForSelector("#link.on");
        AtomicLong most = new AtomicLong();
        awaitStreams(first, 1, most);
        assertThat(most.get()).isEqualTo(1);
        for (Page page : List.of(first, second)) {
            page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});"
                    + "document.dispatchEvent(new Event('visibilitychange'))");
        }
        awaitStreams(first, 0, most);
        first.evaluate("Object.defineProperty(document, 'hidden', {get: () => false});"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        awaitStreams(first, 1, most);
    }

    private void awaitStreams(Page page, int wanted, AtomicLong most) {
        double open = -1;
        for (int i = 0; i < 100 && open != wanted; i++) {
            open = Optional.ofNullable(registry.getSampleValue("mote_sse_streams"))
                    .orElse(0.0);
            most.accumulateAndGet(Math.round(open), Math::max);
            page.waitForTimeout(100);
        }
        assertThat(open).isEqualTo(wanted);
    }

    @Test
    void strangersNamesStayText() {
        PayoutAddress of = Sample.address(8);
        String script = "</td><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
        List<WorkerReport> hostile = new ArrayList<>();
        for (String name :
                List.of(script, "abc\u202etxt.exe\u2066\u200f", "\ud83e\udd84".repeat(1_000), "{0}%s${7*7}")) {
            hostile.add(Sample.worker(of, name, Sample.session("0000000" + hostile.size(), name, 16, Sample.NOW), 5));
        }
        store.workers.put(of.accountId(), hostile);
        Page page = visit("/users/" + of);
        page.waitForSelector("#link.on");
        shoot(page, "hostile");

        assertThat(page.title()).doesNotContain("owned");
        assertThat(page.locator("table bdi").first().textContent()).doesNotContain("\u202e");
        assertThat(page.locator("[data-live=workers] img").count()).isZero();
        assertThat(page.locator("[data-live=workers]").textContent()).contains("<script>document.title");
        assertThat(tooWide(page, "hostile")).isEmpty();
    }

    @Test
    void settingsAreFilledInByTheBrowserAlone() throws IOException {
        Page page = visit("/connect");
        List<String> asked = new CopyOnWriteArrayList<>();
        page.onRequest(request -> asked.add(request.url() + request.postData()));
        page.fill("#fill-address", ONE.canonical());
        page.fill("#fill-worker", "desk \"1\"");
        page.fill("#fill-ssid", "Home");
        page.fill("#fill-wifi", "se\"cret\\ WORKER");
        Download file = page.waitForDownload(() -> page.click("#nerdminer [data-save]"));
        JsonNode settings = JSON.readTree(Files.readString(file.path()));

        assertThat(settings.get("WifiPW").asText()).isEqualTo("se\"cret\\ WORKER");
        assertThat(settings.get("BtcWallet").asText()).isEqualTo(ONE + ".desk \"1\"");
        assertThat(settings.get("PoolUrl").asText()).isEqualTo("pool.example");
        assertThat(settings.get("PoolPort").asInt()).isEqualTo(3333);
        assertThat(asked).noneMatch(each -> each.contains("se") && each.contains("cret"));
        assertThat(page.locator("#leafminer code").textContent()).contains("WIFI_PASSWORD=se\"cret");
        Download spark = page.waitForDownload(() -> page.click("#sparkminer [data-save]"));
        assertThat(JSON.readTree(Files.readString(spark.path()))
                        .get("stats_api_url")
                        .asText())
                .isEqualTo("http://127.0.0.1:" + server.port() + "/api/device/" + ONE);
    }

    /** The times are told, not judged: the machine may be busy. Bytes and requests are the page's own. */
    @Test
    void homeIsLightOnASlowPhone() {
        Page page = context.newPage();
        CDPSession session = context.newCDPSession(page);
        session.send("Network.enable");
        AtomicLong bytes = new AtomicLong();
        session.on(
                "Network.loadingFinished",
                event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        com.google.gson.JsonObject slow = new com.google.gson.JsonObject();
        slow.addProperty("offline", false);
        slow.addProperty("latency", 150);
        slow.addProperty("downloadThroughput", 1_600_000 / 8);
        slow.addProperty("uploadThroughput", 750_000 / 8);
        session.send("Network.emulateNetworkConditions", slow);
        com.google.gson.JsonObject cpu = new com.google.gson.JsonObject();
        cpu.addProperty("rate", 4);
        session.send("Emulation.setCPUThrottlingRate", cpu);
        page.navigate("http://127.0.0.1:" + server.port() + "/");
        double ready = ((Number)
                        page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
                .doubleValue();
        // As the server counts them: the page, and what it refers to. A browser asks for the mark as picture and as
        // icon.
        long requests = 1;
        for (Asset asset : Asset.ALL) {
            String[] names = {"route", "method", "status"};
            String[] values = {asset.path(), "GET", "2xx"};
            Double count = registry.getSampleValue("mote_http_request_duration_seconds_count", names, values);
            requests += count == null ? 0 : Math.round(count);
        }
        System.out.printf(
                "home: %d requests, %d bytes, ready after %.0f ms on a slow phone%n", requests, bytes.get(), ready);

        assertThat(requests).isBetween(3L, 4L);
        assertThat(bytes.get()).isLessThanOrEqualTo(60_000);
        assertThat(ready).isPositive().isLessThan(10 * SECONDS_2);
    }
}
