package org.motepool.dashboards.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The installed Chromium, driven by the installed Node. Closes with the tests. */
public final class Chromium implements AutoCloseable {
    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final List<Path> NODES = List.of(Path.of("/usr/bin/node"), Path.of("/usr/local/bin/node"));

    public final Browser browser;
    private final Playwright playwright;

    private Chromium(Path program, Path node) {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** Skips the tests where there is none; with CI=true that is a failure. */
    public static Chromium start() {
        Optional<Path> program = BROWSERS.stream().filter(Files::isExecutable).findFirst();
        Optional<Path> node = NODES.stream().filter(Files::isExecutable).findFirst();
        boolean there = program.isPresent() && node.isPresent();
        if (!there && "true".equalsIgnoreCase(System.getenv("CI"))) {
            throw new IllegalStateException("no Chromium or no Node is installed; .ci/run installs both");
        }
        Assumptions.assumeTrue(there, "no Chromium or no Node is installed");
        return new Chromium(program.orElseThrow(), node.orElseThrow());
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
