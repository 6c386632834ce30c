package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.work.ProofOfWork;
import org.motepool.dashboards.PoolPort;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.http.ContentPolicy;
import org.motepool.dashboards.language.Words;

/**
 * Mining in the reader's browser. The page holds every sentence; {@code mine.js} shows the one that is true, talks to the pool
 * and lets {@code worker.js} hash, both only once the reader has pressed the button.
 */
public final class MinePage {
    /** By which the pool knows a browser; {@code DeviceTable} has a line for it. */
    private static final String AGENT = "motepool-browser/1";

    private static final String WORKER_NAME = "browser";
    private static final int KEY_HASH_BYTES = 20;
    private static final List<String> STATES = List.of(
            "idle",
            "starting",
            "connecting",
            "waiting",
            "working",
            "hidden",
            "battery",
            "lost",
            "insecure",
            "refused",
            "address",
            "broken");

    private final Site site;
    private final SecureRandom random = new SecureRandom();

    public MinePage(Site site) {
        this.site = site;
    }

    /** Whether browsers can mine here: where the proof of work is SHA-256d, by a port that shares its rewards. */
    static Optional<PoolPort> port(Site site) {
        if (site.network().proofOfWork() != ProofOfWork.SHA256D) {
            return Optional.empty();
        }
        return site.ports().stream()
                .filter(port -> port.kind() != PoolPort.Kind.SOLO)
                .findFirst();
    }

    /** What this page may do, for its header. */
    public ContentPolicy policy(Visit visit) {
        return port(site).map(port -> MinePolicy.ofPage(visit.host(), port)).orElse(ContentPolicy.STANDING);
    }

    public String html(Visit visit) {
        Words words = visit.words();
        Optional<PoolPort> port = port(site);
        return Layout.page(
                site,
                visit,
                words.say("mine.title"),
                0,
                "",
                port.isPresent() ? List.of(Layout.sheet(Asset.MINE_STYLE), Html.module(Asset.MINE.path())) : List.of(),
                tag("h1").with(words.say("mine.title")),
                tag("p").cls("lead").with(words.say("mine.lead")),
                port.isPresent()
                        ? Html.all(needs(words, "mine.needs"), panel(visit, port.get()), about(words))
                        : needs(words, "mine.not-here"));
    }

    /** A link to this page, where there is mining in browsers. */
    static Html link(Words words, Site site) {
        return port(site).isPresent()
                ? tag("a").cls("button quiet-button").attr("href", "/mine").with(words.say("mine.title"))
                : Html.none();
    }

    private static Html needs(Words words, String key) {
        return tag("p").cls("notice").attr("id", "needs").with(words.html(key, other(words)));
    }

    private static Html other(Words words) {
        return Parts.link("/connect", words.say("mine.other"));
    }

    private Html panel(Visit visit, PoolPort port) {
        Words words = visit.words();
        return tag("div")
                .cls("mine")
                .attr("id", "mine")
                .attr("hidden", "")
                .attr("data-host", visit.host())
                .attr("data-port", Integer.toString(port.port()))
                .attr("data-tls", port.kind() == PoolPort.Kind.TLS ? "only" : "")
                .attr("data-agent", AGENT)
                .attr("data-name", WORKER_NAME)
                .attr("data-worker", Asset.WORKER.path())
                .attr("data-simd", Asset.SIMD.path())
                .attr("data-wasm", Asset.WASM.path())
                .with(form(words), tag("div").with(numbers(words), settings(words)));
    }

    private Html form(Words words) {
        Html.Element state =
                tag("p").cls("state").attr("id", "state").attr("role", "status").attr("aria-live", "polite");
        for (String each : STATES) {
            state = state.attr("data-" + each, words.say("mine.state." + each, "{0}"));
        }
        return tag("form")
                .attr("id", "form")
                .with(
                        tag("div")
                                .cls("field")
                                .with(
                                        tag("label").attr("for", "address").with(words.say("fields.address")),
                                        tag("input")
                                                .attr("type", "text")
                                                .attr("id", "address")
                                                .attr("autocomplete", "off")
                                                .attr("autocapitalize", "none")
                                                .attr("spellcheck", "false")
                                                .attr("maxlength", "160")
                                                .attr("aria-describedby", "state"),
                                        spare(words)),
                        tag("div")
                                .cls("dial")
                                .with(tag("button")
                                        .cls("press")
                                        .attr("id", "press")
                                        .attr("type", "submit")
                                        .attr("data-start", words.say("mine.start"))
                                        .attr("data-stop", words.say("mine.stop"))
                                        .with(words.say("mine.start"))),
                        state);
    }

    /** On a built-in chain, where coins are worth nothing: an account that nobody has the key of. */
    private Html spare(Words words) {
        if (!site.network().isBuiltIn()) {
            return Html.none();
        }
        byte[] keyHash = new byte[KEY_HASH_BYTES];
        random.nextBytes(keyHash);
        PayoutAddress address = PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(keyHash), site.network());
        return tag("p").with(
                        tag("button")
                                .cls("copy")
                                .attr("type", "button")
                                .attr("id", "spare")
                                .attr("data-address", address.canonical())
                                .with(words.say("mine.spare")),
                        text(" "),
                        tag("small").cls("quiet").with(words.say("mine.spare-why")));
    }

    private static Html numbers(Words words) {
        return tag("dl")
                .cls("tiles")
                .with(
                        tile("", words.say("rate.title"), value("rate", "–"), words.say("mine.rate")),
                        tile("", words.say("mine.hashes"), value("hashes", "0"), words.say("mine.visit")),
                        tile("", words.say("mine.accepted"), value("accepted", "0"), words.say("mine.accepted-why")),
                        tile("", words.say("mine.rejected"), value("rejected", "0"), words.say("mine.rejected-why")),
                        tile(
                                "earned",
                                words.say("mine.earned"),
                                Html.all(value("whole", "0"), tag("small").with(value("parts", ""), text(" sat"))),
                                words.say("mine.earned-why")));
    }

    private static Html value(String id, String before) {
        return tag("span").attr("id", id).with(before);
    }

    private static Html tile(String style, String name, Html value, String meaning) {
        return tag("div")
                .cls(style)
                .with(
                        tag("dt").with(name),
                        tag("dd").cls("value").with(value),
                        tag("dd").cls("quiet").with(meaning));
    }

    private static Html settings(Words words) {
        return tag("div")
                .cls("settings")
                .with(
                        tag("div")
                                .cls("level")
                                .with(
                                        tag("label").attr("for", "power").with(words.say("mine.power")),
                                        tag("output").attr("id", "percent").attr("for", "power")),
                        tag("input")
                                .attr("type", "range")
                                .attr("id", "power")
                                .attr("min", "10")
                                .attr("max", "100")
                                .attr("step", "10")
                                .attr("value", "10")
                                .attr("autocomplete", "off")
                                .attr("aria-describedby", "power-why"),
                        tag("p").cls("quiet").attr("id", "power-why").with(words.say("mine.power-why")),
                        choice("hidden", words.say("mine.on-hidden")),
                        choice("battery", words.say("mine.on-battery")),
                        tag("p").cls("engine")
                                .attr("id", "engine")
                                .attr("data-simd", words.say("mine.engine-simd", "{0}"))
                                .attr("data-wasm", words.say("mine.engine-wasm", "{0}"))
                                .attr("data-script", words.say("mine.engine-script", "{0}")),
                        tag("a").attr("id", "account")
                                .attr("href", "/")
                                .attr("hidden", "")
                                .with(words.say("mine.account")));
    }

    private static Html choice(String id, String label) {
        return tag("label")
                .cls("choice")
                .with(
                        tag("input").attr("type", "checkbox").attr("id", id).attr("autocomplete", "off"),
                        tag("span").with(label));
    }

    private static Html about(Words words) {
        return Parts.section("about", words.say("mine.about"))
                .with(tag("ul")
                        .cls("rules")
                        .with(
                                tag("li").with(words.say("mine.about.press")),
                                tag("li").with(words.say("mine.about.device")),
                                tag("li").with(words.say("mine.about.kept")),
                                tag("li")
                                        .with(words.html(
                                                "mine.about.odds", Parts.link("/rewards", words.say("nav.rewards")))),
                                tag("li").with(words.html("mine.about.more", other(words)))));
    }
}
