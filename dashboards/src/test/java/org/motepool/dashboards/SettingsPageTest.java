package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.store.Preferences;
import org.motepool.store.Requests;

class SettingsPageTest {
    private static final PayoutAddress ONE = Sample.address(1);
    private static final String BASE = "/settings/" + ONE;
    private static final String SIGNATURE = "H" + "a".repeat(86) + "=";
    private static final String TEXT = "Motepool 5a5a5a5a5a5a5a5a on devnet, " + ONE + ": threshold = 50000 sat; nonce "
            + Sample.NOW_SECONDS + "; until 2026-01-03T09:04Z";

    private PublicServer pool;

    @BeforeEach
    void start() throws Exception {
        pool = new PublicServer();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    private HttpResponse<String> post(String... fields) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return pool.web.post(BASE, body.toString(), "Content-Type", "application/x-www-form-urlencoded");
    }

    private static Preferences.Standing waiting() {
        return new Preferences.Standing(
                ONE.accountId(),
                Sample.NOW_SECONDS - 100,
                List.of(new Preferences.Value("threshold", "50000 sat", Sample.NOW - 5_000_000)),
                List.of(new Preferences.Change("donate", "2%", Sample.NOW - 10_000, Sample.NOW + 110_000)),
                Sample.NOW);
    }

    @Test
    void leadsInThreeStepsFromAWishToItsOutcome() throws Exception {
        assertThat(pool.get(BASE).body())
                .contains("<form class=\"decide\" action=\"" + BASE + "\" method=\"post\">")
                .contains("the pool&#39;s own minimum, ")
                .doesNotContain("Take a change back");

        HttpResponse<String> second = post("field", "threshold", "value", "50000");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(second.body())
                .contains("<code>" + TEXT + "</code>")
                .contains("name=\"text\" value=\"" + TEXT + "\"")
                .contains("2\u00a0min after it was taken");

        HttpResponse<String> sent = post("text", TEXT, "signature", SIGNATURE);
        assertThat(sent.statusCode()).isEqualTo(303);
        Requests.Request left = pool.store.requests.getFirst();
        String third = sent.headers().firstValue("Location").orElseThrow();
        assertThat(third).isEqualTo(BASE + "/" + left.id());
        assertThat(left.text()).isEqualTo(TEXT);
        assertThat(pool.get(third).body())
                .contains("<meta http-equiv=\"refresh\" content=\"3\">")
                .contains("Waiting.");

        pool.store.requests().settle(left, new Requests.Outcome(true, "", Sample.NOW));
        pool.store.preferences().put(List.of(waiting()));
        pool.forget();
        assertThat(pool.get(third).body())
                .contains("Accepted.")
                .contains("Donation to the pool is about to change.")
                .contains("2 Jan 2026, 09:05:55 UTC")
                .contains("href=\"" + BASE + "?field=cancel&amp;value=donate\"")
                .doesNotContain("http-equiv");
    }

    @Test
    void keepsWhatWasTypedWhenItIsNotTaken() throws Exception {
        String lnurl = "lnurl1" + "q".repeat(200);
        HttpResponse<String> wish = post("field", "lightning", "value", lnurl);
        assertThat(wish.statusCode()).isEqualTo(400);
        assertThat(wish.body())
                .contains("value=\"" + lnurl + "\"")
                .contains("<option value=\"lightning\" selected=\"\">")
                .contains("checksum is wrong");

        HttpResponse<String> signature = post("text", TEXT, "signature", "<b>no</b>");
        assertThat(signature.statusCode()).isEqualTo(400);
        assertThat(signature.body())
                .contains("<code>" + TEXT + "</code>")
                .contains("&lt;b&gt;no&lt;/b&gt;</textarea>")
                .contains("a signature is one word");
        assertThat(post("text", "anything", "signature", SIGNATURE).body())
                .contains("this is not a text that the pool wrote")
                .contains("name=\"field\"");
    }

    @Test
    void tellsWhyItWasRefusedAndWhatNobodyKnows() throws Exception {
        String third = post("text", TEXT, "signature", SIGNATURE)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        pool.store
                .requests()
                .settle(
                        pool.store.requests.getFirst(),
                        new Requests.Outcome(false, "the signature is not by this address", Sample.NOW));
        assertThat(pool.get(third).body())
                .contains("Refused:")
                .contains("the signature is not by this address.")
                .contains("Nothing has changed.");
        HttpResponse<String> unknown = pool.get(BASE + "/" + "0".repeat(32));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("Nothing is known of it.");
    }

    @Test
    void aWaitingChangeStandsOnTheAccountsPageWithTheWayBack() throws Exception {
        pool.store.preferences().put(List.of(waiting()));
        assertThat(pool.get("/users/" + ONE, "Accept", "text/html").body())
                .contains("Donation to the pool is about to change.")
                .contains("Not you?")
                .contains("href=\"" + BASE + "\"");
        String back = pool.get(BASE + "?field=cancel&value=donate").body();
        assertThat(back).contains(": cancel = donate; nonce").contains("It holds at once.");
        assertThat(pool.get(BASE).body()).contains("<option value=\"cancel\">").contains("since 2 Jan 2026");
        assertThat(pool.get("/users/" + Sample.address(2), "Accept", "text/html")
                        .body())
                .doesNotContain("about to change");
    }

    @Test
    void tellsEachKindOfAddressHowItCanSign() throws Exception {
        String wish = "?field=donate&value=1";
        assertThat(pool.get(BASE + wish).body())
                .contains("signs messages only for addresses that begin with 1")
                .doesNotContain("bitcoin-cli");
        String plain = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        assertThat(pool.get("/settings/" + plain + wish).body())
                .contains("bitcoin-cli signmessage &#39;" + plain + "&#39; &#39;Motepool ");
        String taproot = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
        assertThat(pool.get("/settings/" + taproot).body())
                .contains("Nothing can be decided for this address")
                .doesNotContain("<select");
        assertThat(pool.get("/settings/" + taproot + wish).statusCode()).isEqualTo(400);
    }

    @Test
    void offersNoticesWhereThePoolSendsThem() throws Exception {
        assertThat(pool.get(BASE).body()).doesNotContain("<option value=\"webhook\">");
        pool.store.noticeKey = java.util.Optional.of("whpk_abc");
        pool.forget();
        assertThat(pool.get(BASE).body()).contains("<option value=\"webhook\">").contains("<code>whpk_abc</code>");
        assertThat(pool.get("/api/v1/accounts/" + ONE + "/preferences").body()).contains("\"noticeKey\":\"whpk_abc\"");
        assertThat(pool.get(BASE + "?field=ntfy&value=https://ntfy.sh/mine").body())
                .contains(": ntfy = https://ntfy.sh/mine; nonce");
    }

    @Test
    void speaksPolish() throws Exception {
        assertThat(pool.get(BASE + "?field=threshold&value=1&lang=pl").body())
                .contains("Podpisz ten tekst")
                .contains("threshold = 1 sat");
        assertThat(pool.get("/settings/nonsense").statusCode()).isEqualTo(400);
    }
}
