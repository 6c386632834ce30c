package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.page.Asset;

class MinePageTest {
    private static final Pattern SPARE = Pattern.compile("id=\"spare\" data-address=\"([^\"]+)\"");
    private static final String POLICY = "Content-Security-Policy";

    @Test
    void thisPageAloneMayReachThePoolAndCompile() throws Exception {
        try (PublicServer pool = new PublicServer()) {
            assertThat(pool.get("/mine").headers().firstValue(POLICY))
                    .hasValue("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
                            + " frame-ancestors 'none'; connect-src 'self' ws://pool.example:3333"
                            + " wss://pool.example:3333; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'");
            assertThat(pool.get("/mine").headers().firstValue("X-Frame-Options"))
                    .hasValue("DENY");
            assertThat(pool.get(Asset.WORKER.path())
                            .headers()
                            .firstValue(POLICY)
                            .orElse(""))
                    .startsWith("default-src 'none'")
                    .endsWith("script-src 'wasm-unsafe-eval'");
            for (String path : List.of("/", "/connect", "/users/" + Sample.address(1), Asset.MINE.path())) {
                assertThat(pool.get(path).headers().firstValue(POLICY).orElse(""))
                        .isNotEmpty()
                        .doesNotContain("wasm")
                        .doesNotContain("ws:");
            }
        }
    }

    @Test
    void itsScriptsAreSmall() {
        int bytes = List.of(Asset.LIVE, Asset.MINE, Asset.WORKER, Asset.SIMD, Asset.WASM).stream()
                .mapToInt(asset -> asset.content().size())
                .sum();
        System.out.println("all scripts of the page that mines: " + bytes + " bytes");
        assertThat(bytes).isLessThanOrEqualTo(40 * 1024);
        assertThat(Asset.MINE_STYLE.content().size()).isLessThanOrEqualTo(6 * 1024);
    }

    @Test
    void aThrowAwayAddressIsAnotherOneForEachAndOneThatThePoolCanPay() throws Exception {
        try (PublicServer pool = new PublicServer()) {
            String first = spare(pool.get("/mine").body());
            assertThat(PayoutAddress.parse(first, Network.DEVNET).canonical()).isEqualTo(first);
            assertThat(spare(pool.get("/mine").body())).isNotEqualTo(first);
            assertThat(pool.get("/mine").headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    private static String spare(String html) {
        Matcher matcher = SPARE.matcher(html);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void onARealChainThereIsNone() throws Exception {
        assertThat(page(Network.MAIN, List.of(new PoolPort(PoolPort.Kind.PLAIN, 3333)), "/mine"))
                .contains("id=\"press\"")
                .doesNotContain("spare");
    }

    @Test
    void whereBrowsersCannotMineThePageSaysSoAndNothingLeadsToIt() throws Exception {
        for (Network network : List.of(Network.LTC_MAIN, Network.MAIN)) {
            PoolPort.Kind kind = network == Network.MAIN ? PoolPort.Kind.SOLO : PoolPort.Kind.PLAIN;
            List<PoolPort> ports = List.of(new PoolPort(kind, 3333));
            assertThat(page(network, ports, "/mine"))
                    .contains("Browsers cannot mine on this pool")
                    .doesNotContain("id=\"press\"")
                    .doesNotContain(Asset.MINE.path());
            assertThat(page(network, ports, "/connect")).doesNotContain("href=\"/mine\"");
        }
        try (PublicServer pool = new PublicServer()) {
            assertThat(pool.get("/").body()).contains("class=\"button quiet-button\" href=\"/mine\"");
            assertThat(pool.get("/connect").body()).contains("class=\"button quiet-button\" href=\"/mine\"");
        }
    }

    private static String page(Network network, List<PoolPort> ports, String path) throws Exception {
        DashboardSettings settings = new DashboardSettings(
                "127.0.0.1", 0, OptionalInt.empty(), "Test pool", "pool.example", ports, network, 30);
        try (DashboardServer server =
                        DashboardServer.start(settings, Sample.store(), PoolClock.SYSTEM, new CollectorRegistry());
                Web web = new Web(server.port())) {
            return web.get(path).body();
        }
    }
}
