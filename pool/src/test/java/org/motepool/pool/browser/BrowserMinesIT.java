package org.motepool.pool.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.browser.Chromium;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;

/** "Mine with this device" in Chromium, against a whole pool on the devnet. */
class BrowserMinesIT {
    private static final String ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String HIDE = "Object.defineProperty(document, 'hidden', {get: () => %s, configurable: true});"
            + "document.dispatchEvent(new Event('visibilitychange'))";

    @TempDir
    static Path data;

    private static Chromium chromium;
    private static PoolRuntime pool;

    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void open() throws Exception {
        chromium = Chromium.start();
        Files.createDirectories(SHOTS);
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "devnet", "test");
        settings.put(Key.DATA, data.toString(), "test");
        settings.put(Key.DEVICE_PORT, "off", "test");
        // A block now and then, found by the browser: its credit is to be seen.
        settings.put(Key.DEVNET_START_LEVEL, "18", "test");
        settings.put(Key.DEVNET_BLOCK_SECONDS, "2", "test");
        settings.put(Key.SHARE_SECONDS, "1", "test");
        for (Key bind : List.of(Key.STRATUM_BIND, Key.HTTP_BIND, Key.MANAGEMENT_BIND)) {
            settings.put(bind, "127.0.0.1", "test");
        }
        for (Key port : List.of(Key.STRATUM_PORT, Key.HTTP_PORT, Key.MANAGEMENT_PORT)) {
            settings.put(port, "0", "test");
        }
        pool = PoolRuntime.start(ConfigChecker.check(settings, List.of()), PoolClock.SYSTEM);
    }

    @AfterAll
    static void shut() {
        if (pool != null) {
            pool.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        context(390, ColorScheme.LIGHT, "");
    }

    private void context(int width, ColorScheme scheme, String before) {
        if (context != null) {
            context.close();
        }
        context = chromium.browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 800)
                .setColorScheme(scheme)
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                troubles.add(message.text());
            }
        });
        context.onWebError(error -> troubles.add(error.error()));
        if (!before.isEmpty()) {
            context.addInitScript(before);
        }
        page = context.newPage();
        page.navigate("http://127.0.0.1:" + pool.httpPort() + "/mine");
        page.waitForSelector("#mine:not([hidden])");
    }

    @AfterEach
    void leave() {
        context.close();
        assertThat(troubles).as("errors in the browser's console").isEmpty();
    }

    private void accepted(int atLeast) {
        page.waitForCondition(
                () -> Integer.parseInt(page.textContent("#accepted").replace(",", "")) >= atLeast,
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    }

    private void says(String text) {
        assertThat(page.locator("#state")).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    @ParameterizedTest
    @CsvSource({
        "simd, ''",
        "wasm, 'const whole = WebAssembly.Module; const served = fetch; window.fetch = (path, more) =>"
                + " String(path).includes(\"simd\") ? Promise.reject(new Error(\"none\")) : served(path, more);'",
        "script, 'delete window.WebAssembly;'"
    })
    void earnsAcceptedShares(String engine, String before) {
        context(390, ColorScheme.LIGHT, before);
        long known = pool.stratum().snapshot().accepted();
        page.fill("#address", ADDRESS);
        page.press("#address", "Enter");
        accepted(2);

        assertThat(page.getAttribute("#mine", "data-engine")).isEqualTo(engine);
        assertThat(pool.stratum().snapshot().accepted()).isGreaterThan(known);
        // On this chain a block comes every two seconds, and some shares after it.
        assertThat(pool.stratum().snapshot().rejected().entrySet())
                .as("of honest work")
                .allMatch(each -> each.getKey().equals("stale") || each.getValue() == 0);
        System.out.printf(
                "a browser's thread by %s: %,d hashes a second%n",
                engine, Long.parseLong(page.getAttribute("#mine", "data-speed")));
    }

    @Test
    void showsWhatItEarnsToTheLastDecimal() {
        context(1_280, ColorScheme.DARK, "");
        page.click("#spare");
        String spare = page.inputValue("#address");
        page.keyboard().press("Enter");
        says("Mining.");
        page.waitForCondition(
                () -> page.textContent("#parts").matches("\\.[0-9]{3}(\u2009[0-9]{3}){3}")
                        && !page.textContent("#whole").equals("0"),
                new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
        page.waitForCondition(() -> !page.textContent("#rate").equals("–"));
        shoot("mining-1280-dark");

        assertThat(spare).startsWith("mote1");
        assertThat(page.evaluate("JSON.stringify(Object.keys(localStorage))"))
                .as("nothing is kept but the address")
                .isEqualTo("[\"mote.address\"]");
        assertThat(page.getAttribute("#account", "href")).isEqualTo("/users/" + spare);
        page.click("#press");
        says("Nothing runs yet.");
        page.waitForCondition(() -> pool.stratum().snapshot().connections() == 0);
    }

    @Test
    void restsOutOfSightAndGoesOnWhenAsked() {
        page.fill("#address", ADDRESS);
        page.click("#press");
        accepted(1);
        // A worker tells once a second what it hashed; before its first word there is nothing to compare with.
        page.waitForCondition(() -> hashes() > 0);
        shoot("mining-390-light");
        page.evaluate(HIDE.formatted(true));
        says("Resting, since this page is not in front.");
        long hashes = settled();
        page.evaluate("new Promise(done => setTimeout(done, 1500))");
        assertThat(settled()).as("nothing is hashed meanwhile").isEqualTo(hashes);

        page.evaluate("document.getElementById('hidden').click()");
        says("Mining.");
        page.waitForCondition(() -> hashes() > hashes);
        page.evaluate("document.getElementById('hidden').click()");
        says("Resting");
        page.evaluate(HIDE.formatted(false));
        says("Mining.");
    }

    /** Hashes told, once the worker has told all that it did. */
    private long settled() {
        long before = -1;
        while (before != hashes()) {
            before = hashes();
            page.evaluate("new Promise(done => setTimeout(done, 2500))");
        }
        return before;
    }

    private long hashes() {
        return Long.parseLong(page.textContent("#hashes").replace(",", ""));
    }

    @Test
    void restsOnBatteryUntilItIsCharged() {
        context(390, ColorScheme.LIGHT, """
                const battery = Object.assign(new EventTarget(), { charging: false });
                navigator.getBattery = () => Promise.resolve(battery);
                window.plug = () => { battery.charging = true; battery.dispatchEvent(new Event('chargingchange')); };""");
        page.fill("#address", ADDRESS);
        page.click("#press");
        says("Resting, since this device runs on battery.");
        assertThat(pool.stratum().snapshot().connections()).isZero();
        page.evaluate("plug()");
        says("Mining.");
    }

    @Test
    void comesBackWhenTheConnectionIsCut() {
        context(390, ColorScheme.LIGHT, """
                window.WebSocket = class extends WebSocket {
                  constructor(...all) { super(...all); window.last = this; }
                };""");
        List<WebSocket> sockets = new CopyOnWriteArrayList<>();
        page.onWebSocket(sockets::add);
        page.fill("#address", ADDRESS);
        page.click("#press");
        accepted(1);
        page.evaluate("last.close()");
        page.waitForCondition(
                () -> sockets.size() == 2, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
        int had = Integer.parseInt(page.textContent("#accepted").replace(",", ""));
        accepted(had + 1);
        says("Mining.");
    }

    @Test
    void saysWhyThePoolRefuses() {
        page.fill("#address", "not an address");
        page.click("#press");
        says("That is no payout address.");
        assertThat(page.workers()).isEmpty();
        page.fill("#address", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5");
        page.click("#press");
        says("The pool says: Unauthorized worker");
        assertThat(page.locator("#press")).hasText("Start mining");
        assertThat(page.locator("#address")).isEditable();
    }

    private void shoot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }
}
