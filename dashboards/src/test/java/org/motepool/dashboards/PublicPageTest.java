package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.money.Money;
import org.motepool.dashboards.page.Asset;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.ReadModels;

class PublicPageTest {
    private static final Pattern TAGS = Pattern.compile("<[^>]*>");

    private PublicServer pool;

    @BeforeEach
    void start() throws IOException {
        pool = new PublicServer();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void homeTellsInOneLineHowThePoolIs() throws Exception {
        assertThat(text("/"))
                .contains("Open|height 900,001|work 3 s old|24 devices|48.2 MH/s ± 3 %|last block 42 s ago")
                .contains("Rates are scaled: this is the devnet")
                .contains("1.5 %")
                .contains("10000 sat")
                .contains("maturing 3/6")
                .contains("pool.example");
        assertThat(text("/connect")).contains("stratum+tcp://pool.example:3333");
    }

    @Test
    void homeTellsWhyThePoolIsDegraded() throws Exception {
        pool.store.chain = Optional.of(Sample.chain(0, Sample.NOW - 91_000));
        pool.store.payout = Optional.of(payout("sums differ", 1_000));

        assertThat(text("/"))
                .contains("Degraded")
                .contains("Work is 91 s old. Credits are on hold")
                .doesNotContain("Rates are scaled");
    }

    @Test
    void payoutsTellWhetherThePoolCanPayEveryone() throws Exception {
        pool.store.payout = Optional.of(payout("", 1_000));
        assertThat(text("/payouts")).contains("At block 840,000 the pool held 1000 sat and owed 900 sat: it can pay");
        pool.store.payout = Optional.of(payout("", 899));
        pool.forget();
        assertThat(text("/payouts")).contains("held 899 sat and owed 900 sat: too little");
    }

    @Test
    void homeOfAnEmptyPoolStillReads() throws Exception {
        try (PublicServer empty = new PublicServer(new FakeStore())) {
            assertThat(text(empty.get("/").body()))
                    .contains("No stratum server reports")
                    .contains("no block yet");
        }
    }

    @Test
    void homeIsSmall() throws Exception {
        assertThat(pool.get("/").body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
        assertThat(Asset.STYLE.content().size()).isLessThanOrEqualTo(12 * 1024);
        assertThat(Asset.LIVE.content().size()).isLessThanOrEqualTo(10 * 1024);
    }

    @Test
    void searchLeadsToTheCanonicalAddress() throws Exception {
        HttpResponse<String> reply = pool.get("/search?address=bitcoin%3A"
                + Sample.address(1).canonical().toUpperCase(java.util.Locale.ROOT) + ".desk");

        assertThat(reply.statusCode()).isEqualTo(303);
        assertThat(reply.headers().firstValue("Location")).contains("/users/" + Sample.address(1));
    }

    @Test
    void searchExplainsWhatIsNoAddress() throws Exception {
        HttpResponse<String> reply = pool.get("/search?address=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body())
                .contains("That is not an address this pool can pay")
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .doesNotContain("<script>");
        assertThat(pool.get("/users/nonsense", "Accept", "text/html").statusCode())
                .isEqualTo(400);
        assertThat(pool.get("/search").statusCode()).isEqualTo(400);
    }

    @Test
    void accountShowsBalanceToTwelveDecimals() throws Exception {
        assertThat(text("/users/" + Sample.address(1)))
                .contains("12902837.123456789012 sat")
                .contains("4321.000000000007 sat")
                .contains("0.000000000000 sat")
                .contains("43.2 % of the minimum payout of 10000 sat")
                .contains("12711902.041666666667")
                .contains("4.13 %");
    }

    @Test
    void accountShowsEachWorker() throws Exception {
        assertThat(text("/users/" + Sample.address(1)))
                .contains("NerdMinerV2/1.8.3")
                .contains("310 kH/s ± 11 %")
                .contains("0.000488")
                .contains("1 low difficulty, 2 stale")
                .contains("2 of 3 connected workers send shares as expected. 1 looks for a first one.")
                .contains("Blocks found by your devices");
    }

    @Test
    void pagesShowTheClassOfEachDevice() throws Exception {
        assertThat(text("/devices")).contains("NerdMinermicro").contains("BitaxeASIC");
        assertThat(text("/users/" + Sample.address(1))).containsPattern("NerdMinerV2/1\\.8\\.3\\s+micro");
        assertThat(text("/users/" + Sample.address(1) + "/desk")).containsPattern("Class[\\s\\S]*micro");
    }

    @Test
    void eachStateHasASentenceAndANextStep() throws Exception {
        PayoutAddress of = Sample.address(7);
        assertThat(account(of)).contains("Never seen.").contains("Point one at the pool");

        give(of, Sample.worker(of, "w", Sample.session("00000001", "x", 16, Sample.NOW - 9_000), 0));
        assertThat(account(of)).contains("Connected, no share yet.").contains("Leave it running");

        give(of, quietFor(of, 10));
        assertThat(account(of)).contains("Working.");

        give(of, quietFor(of, 60));
        assertThat(account(of)).contains("A share is late.").contains("look again");

        give(of, quietFor(of, 100));
        assertThat(account(of)).contains("Silent.").contains("Restart the device");

        WorkerReport open = quietFor(of, 100);
        give(of, without(open));
        assertThat(account(of)).contains("on 2 Jan 2026, 09:04:04 UTC.").contains("Wi-Fi");
    }

    @Test
    void strangersTextsNeverBreakOut() throws Exception {
        PayoutAddress of = Sample.address(8);
        String script = "</td><script>alert(1)</script><img src=x onerror=alert(1)>";
        String bidi = "abc\u202etxt.exe\u2066\u200f";
        String emoji = "\ud83e\udd84".repeat(1_000);
        pool.store.workers.put(
                of.accountId(),
                List.of(
                        Sample.worker(of, script, Sample.session("00000001", script, 16, Sample.NOW), 5),
                        Sample.worker(of, bidi, Sample.session("00000002", bidi, 16, Sample.NOW), 5),
                        Sample.worker(of, emoji, Sample.session("00000003", emoji, 16, Sample.NOW), 5),
                        Sample.worker(of, "\ud800\u0000\u001b", Sample.session("00000004", "", 16, Sample.NOW), 5)));

        String page = page("/users/" + of);
        String json = pool.get("/api/client/" + of).body();

        assertThat(page)
                .doesNotContain("<script>")
                .doesNotContain("<img src=\"x")
                .contains("&lt;script&gt;");
        assertThat(page).doesNotContain("\u202e").doesNotContain("\u2066").doesNotContain("\u200f");
        assertThat(page.codePoints().filter(point -> point == 0x1f984).count()).isEqualTo(2 * 63);
        assertThat(page.codePoints().filter(point -> point < 0x20 && point != '\n'))
                .isEmpty();
        assertThat(json).doesNotContain("\\u202E").isASCII();
    }

    @Test
    void fiveHundredWorkersStayReadable() throws Exception {
        PayoutAddress of = Sample.address(9);
        List<WorkerReport> workers = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            workers.add(Sample.worker(
                    of, "worker-" + i, Sample.session("%08x".formatted(i), "NerdMinerV2", 20, Sample.NOW - 1000), 50));
        }
        pool.store.workers.put(of.accountId(), workers);

        String page = page("/users/" + of);

        assertThat(page).contains("The first 500 of 700");
        long millis = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long asked = System.nanoTime();
            page("/users/" + of);
            millis = Math.min(millis, (System.nanoTime() - asked) / 1_000_000);
        }
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(wire)) {
            gzip.write(page.getBytes(StandardCharsets.UTF_8));
        }
        System.out.printf("500 workers: %,d bytes, %,d on the wire, %d ms%n", page.length(), wire.size(), millis);
        assertThat(wire.size()).isLessThanOrEqualTo(150_000);
        assertThat(count(page, "<tr role=\"row\">")).isBetween(500, 530);
    }

    @Test
    void showsWhatThePoolPaidAndToAnAccountItsParts() throws Exception {
        assertThat(page("/payouts")).contains("<code title=\"" + "03".repeat(32) + "\">0303030303…</code>");
        assertThat(text("/payouts"))
                .contains("on the chain")
                .contains("Lightning")
                .contains("sent")
                .contains("Left to the pool besides");
        assertThat(page("/payouts")).contains("value=\"2503.000000000000\"");
        String one = "/users/" + Sample.address(1);
        assertThat(page(one))
                .contains("value=\"2503.000000000000\"")
                .contains("value=\"123456.123456789012\"")
                .contains("data-copy=\"" + "01".repeat(32) + "\"");
        assertThat(page("/statements/" + Sample.address(1))).contains("data-copy=\"" + "02".repeat(32) + "\"");
        assertThat(text("/statements/" + Sample.address(2))).contains("Nothing was paid to this address yet.");
        assertThat(pool.get("/api/v1/accounts/" + Sample.address(1) + "/statement")
                        .body())
                .contains("\"payouts\":[{\"payout\":3,\"rail\":\"onchain\",\"state\":\"sent\",\"reference\":\"0303")
                .contains("\"donated\":\"0.000000000000\"")
                .contains("\"donated\":\"2503.000000000000\"");
        assertThat(pool.get("/api/v1/payouts").body()).contains("\"donated\":\"2503.000000000000\"");
    }

    @Test
    void assetsAreKeptForEver() throws Exception {
        Matcher link = Pattern.compile("href=\"(/assets/style-[0-9a-f]{12}\\.css)\"")
                .matcher(pool.get("/").body());
        assertThat(link.find()).isTrue();

        HttpResponse<String> style = pool.get(link.group(1));

        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(style.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(pool.get("/assets/style-000000000000.css").statusCode()).isEqualTo(404);
    }

    /** Only an attribute or element that loads something could call another host; there is none. */
    @Test
    void pagesCallNoOtherHostAndRunNothing() throws Exception {
        for (String path : List.of(
                "/",
                "/blocks",
                "/blocks/%064x".formatted(900_001),
                "/devices",
                "/payouts",
                "/connect",
                "/rewards?address=" + Sample.address(1) + "&watts=5&price=0.3",
                "/users/" + Sample.address(1),
                "/users/" + Sample.address(1) + "/desk",
                "/users/" + Sample.address(50),
                "/no")) {
            assertThat(page(path))
                    .doesNotContain("<script>")
                    .containsOnlyOnce("<script type=\"module\" src=\"/assets/live-")
                    .doesNotContain("style=")
                    .doesNotContain("http-equiv")
                    .doesNotContainPattern("(src|href|action)=\"(?!/[^/]|/\"|#)");
        }
    }

    private String account(PayoutAddress of) throws IOException, InterruptedException {
        pool.forget();
        return text("/users/" + of);
    }

    /** As a browser asks. */
    private String page(String path) throws IOException, InterruptedException {
        return pool.get(path, "Accept", "text/html,*/*;q=0.8").body();
    }

    private void give(PayoutAddress of, WorkerReport report) {
        pool.store.workers.put(of.accountId(), List.of(report));
    }

    /** A worker of one share in 15 s that has had none for so many seconds. */
    private static WorkerReport quietFor(PayoutAddress of, int seconds) {
        WorkerReport base = Sample.worker(of, "w", Sample.session("00000001", "x", 20, Sample.NOW - 1_800_000), 1);
        long shares = Math.round((600 - seconds) / 15.0);
        return new WorkerReport(
                base.account(),
                base.address(),
                "w",
                "node-1",
                base.sessions(),
                120,
                base.rejected(),
                120 * 16,
                shares,
                shares * 16,
                600,
                1,
                1,
                base.firstSeen(),
                base.lastSeen(),
                Sample.NOW - seconds * 1000L);
    }

    private static ReadModels.PayoutState payout(String halted, long held) {
        return new ReadModels.PayoutState(
                halted, 1, 1, "1", 1, Money.ofSatoshis(900), Money.ofSatoshis(held), 840_000, Sample.NOW);
    }

    private static WorkerReport without(WorkerReport open) {
        return new WorkerReport(
                open.account(),
                open.address(),
                open.worker(),
                open.nodeId(),
                List.of(),
                open.accepted(),
                open.rejected(),
                open.acceptedWork(),
                open.windowShares(),
                open.windowWork(),
                open.windowSeconds(),
                open.best(),
                open.bestToday(),
                open.firstSeen(),
                open.lastSeen(),
                open.lastShare());
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    /** What a reader sees: no tags, plain spaces. */
    private String text(String pathOrPage) throws IOException, InterruptedException {
        String page = pathOrPage.startsWith("/") ? page(pathOrPage) : pathOrPage;
        return TAGS.matcher(page.replace("</span><span>", "|").replace("</strong><span>", "|"))
                .replaceAll("")
                .replace('\u00a0', ' ');
    }
}
