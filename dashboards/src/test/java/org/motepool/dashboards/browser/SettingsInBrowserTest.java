package org.motepool.dashboards.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.SignedText;
import org.motepool.dashboards.DashboardServer;
import org.motepool.dashboards.FakeStore;
import org.motepool.dashboards.RunningClock;
import org.motepool.dashboards.Sample;
import org.motepool.store.Preferences;
import org.motepool.store.Requests;

class SettingsInBrowserTest {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final PayoutAddress ONE = Sample.address(1);
    private static final int PHONE_WIDTH = 390;

    private static Chromium chromium;

    private final FakeStore store = Sample.store();
    private DashboardServer server;

    @BeforeAll
    static void open() throws IOException {
        chromium = Chromium.start();
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void shut() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = DashboardServer.start(Sample.settings(0), store, new RunningClock(), new CollectorRegistry());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** All three steps on a phone in the dark, with script and without. */
    @Test
    void anOwnerDecidesOnAPhoneAlsoWithoutScript() throws Exception {
        for (boolean script : new boolean[] {true, false}) {
            try (BrowserContext context = chromium.browser.newContext(new Browser.NewContextOptions()
                    .setViewportSize(PHONE_WIDTH, 844)
                    .setColorScheme(ColorScheme.DARK)
                    .setJavaScriptEnabled(script)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setLocale("en-GB"))) {
                context.setDefaultTimeout(20_000);
                decide(context.newPage(), script ? "" : "-no-script");
            }
            store.requests.clear();
            store.outcomes.clear();
            store.preferences.clear();
        }
    }

    private void decide(Page page, String kind) throws Exception {
        page.navigate("http://127.0.0.1:" + server.port() + "/users/" + ONE);
        page.click("a[href='/settings/" + ONE + "']");
        assertThat(page.locator("h1")).hasText("What you decide");
        page.selectOption("#field", "threshold");
        page.fill("#value", "none");
        shot(page, "settings-1" + kind);
        page.click("button[type=submit]");
        assertThat(page.locator("#why")).containsText("whole number of satoshis");
        page.fill("#value", "50000");
        page.click("button[type=submit]");
        assertThat(page.locator("h1")).hasText("Sign this text");
        String text = page.locator("#text code").textContent();
        assertThat(SignedText.parse(text).value()).isEqualTo("50000 sat");
        shot(page, "settings-2" + kind);
        page.fill("#signature", "H" + "a".repeat(86) + "=\n");
        page.click("button[type=submit]");
        assertThat(page.locator("[role=status]")).containsText("Waiting.");
        shot(page, "settings-3-waiting" + kind);

        Requests.Request left = store.requests.getFirst();
        assertThat(left.text()).isEqualTo(text);
        long now = Sample.NOW;
        store.preferences()
                .put(List.of(new Preferences.Standing(
                        ONE.accountId(),
                        1,
                        List.of(),
                        List.of(new Preferences.Change("threshold", "50000 sat", now, now + 120_000)),
                        now)));
        store.requests().settle(left, new Requests.Outcome(true, "", now));
        // By itself: the page loads itself again.
        assertThat(page.locator("[role=status]")).containsText("Accepted.");
        shot(page, "settings-3" + kind);
        page.click("a[href='/users/" + ONE + "']");
        assertThat(page.locator(".notice").first()).containsText("Payout minimum is about to change.");
        shot(page, "settings-account" + kind);
        page.click(".notice a");
        assertThat(page.locator("#text code")).containsText("cancel = threshold");
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
        Object wide = page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(((Number) wide).intValue()).as(name).isLessThanOrEqualTo(0);
    }
}
