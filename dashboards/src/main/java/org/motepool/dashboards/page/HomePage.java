package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.svg.Motes;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Span;
import org.motepool.store.ChainStatus;

/** The first page: how the pool is, how to join, what it costs, what it found. */
public final class HomePage {
    private static final int BLOCKS_SHOWN = 6;
    private static final int FAMILIES_SHOWN = 6;

    private final Site site;

    public HomePage(Site site) {
        this.site = site;
    }

    public String html(Visit visit, PoolView pool, Span span, Series series) {
        return document(visit, pool, span, series, SearchForm.empty(visit));
    }

    /** The same with what the reader searched for, and why that is no address. */
    public String refused(Visit visit, PoolView pool, Span span, Series series, String typed) {
        return document(visit, pool, span, series, SearchForm.refused(visit, typed));
    }

    private String document(Visit visit, PoolView pool, Span span, Series series, Html search) {
        Words words = visit.words();
        return Layout.page(
                site,
                visit,
                "",
                pool.readAt(),
                "/api/events",
                tag("section")
                        .cls("hero")
                        .with(
                                tag("div")
                                        .with(
                                                tag("h1").with(words.say("home.title")),
                                                tag("p").cls("lead").with(words.say("home.lead")),
                                                search),
                                tag("figure")
                                        .with(
                                                Parts.live("motes").with(motes(words, pool)),
                                                tag("figcaption").with(words.say("home.motes")))),
                Parts.live("status").with(status(words, pool)),
                pool.scaled() ? scaledNotice(words) : Html.none(),
                Parts.live("tiles").with(tiles(words, pool)),
                ChartSection.of(visit, span, series),
                connect(visit),
                families(words, pool),
                blocks(words, pool),
                rules(words, pool));
    }

    private static Html motes(Words words, PoolView pool) {
        return Motes.draw(pool.families(), words.counted("home.motes-label", pool.workers()));
    }

    static Html scaledNotice(Words words) {
        return tag("p").cls("notice")
                .with(tag("strong").with(words.say("scaled.title")), text(" " + words.say("scaled.text")));
    }

    private static Html status(Words words, PoolView pool) {
        List<PoolView.Trouble> troubles = pool.troubles();
        List<Html> line = new ArrayList<>();
        line.add(tag("strong").with(words.say(troubles.isEmpty() ? "status.open" : "status.degraded")));
        pool.chain().ifPresent(chain -> {
            line.add(item(text(words.say("status.height", words.count(chain.height())))));
            line.add(item(text(words.say("status.work", words.span(pool.readAt() - chain.templateAt())))));
        });
        line.add(item(text(words.counted("status.devices", pool.workers()))));
        line.add(item(Parts.hashRate(words, pool.hashRate(), pool.windowShares())));
        line.add(item(
                pool.blocks().isEmpty()
                        ? text(words.say("status.no-block"))
                        : words.html(
                                "status.last-block",
                                words.ago(pool.blocks().getFirst().foundAt(), pool.readAt()))));
        Html reason = troubles.isEmpty()
                ? Html.none()
                : tag("span")
                        .cls("reason")
                        .with(String.join(
                                " ",
                                troubles.stream()
                                        .map(trouble -> trouble(words, pool, trouble))
                                        .toList()));
        return tag("p").cls(troubles.isEmpty() ? "status open" : "status degraded")
                .attr("role", "status")
                .with(tag("span").cls("line").with(line), reason);
    }

    private static Html item(Html content) {
        return tag("span").with(content);
    }

    private static String trouble(Words words, PoolView pool, PoolView.Trouble trouble) {
        return switch (trouble) {
            case NO_NODES -> words.say("trouble.no-nodes");
            case NO_WORK -> words.say("trouble.no-work");
            case CHAIN_DOWN -> words.say("trouble.chain-down");
            case OLD_WORK ->
                words.say(
                        "trouble.old-work",
                        words.span(pool.readAt()
                                - pool.chain().map(ChainStatus.View::templateAt).orElse(pool.readAt())));
            case CREDITS_ON_HOLD -> words.say("trouble.credits");
        };
    }

    private static Html tiles(Words words, PoolView pool) {
        return tag("dl")
                .cls("tiles")
                .with(
                        Parts.tile(
                                words.say("rate.title"),
                                Parts.hashRate(words, pool.hashRate(), pool.windowShares()),
                                words.say("rate.window")),
                        Parts.tile(
                                words.say("tile.devices"),
                                text(words.count(pool.workers())),
                                words.counted("tile.accounts", pool.accounts())),
                        Parts.tile(
                                words.say("tile.blocks"),
                                text(words.count(pool.counts().found())),
                                words.say(
                                        "tile.blocks-fate",
                                        words.count(pool.counts().mature()),
                                        words.count(pool.counts().immature()))),
                        Parts.tile(
                                words.say("tile.best"),
                                text(words.difficulty(pool.best())),
                                Parts.best(words, pool.bestToday())));
    }

    private Html connect(Visit visit) {
        Words words = visit.words();
        return Parts.section("connect", words.say("connect.title"))
                .with(
                        tag("p").with(words.say("connect.lead")),
                        ConnectPage.access(visit, site),
                        tag("p").cls("buttons")
                                .with(
                                        tag("a").cls("button")
                                                .attr("href", "/connect")
                                                .with(words.say("connect.more")),
                                        MinePage.link(words, site)));
    }

    private static Html families(Words words, PoolView pool) {
        return Parts.section("families", words.say("nav.devices"))
                .with(
                        Parts.live("families").with(DevicesPage.table(words, pool, FAMILIES_SHOWN)),
                        tag("p").with(Parts.link("/devices", words.say("devices.all"))));
    }

    private static Html blocks(Words words, PoolView pool) {
        Html list = pool.blocks().isEmpty()
                ? tag("p").cls("empty").with(words.say("blocks.none"))
                : BlockTable.of(
                        words,
                        words.say("blocks.newest"),
                        pool.blocks().stream().limit(BLOCKS_SHOWN).toList(),
                        true,
                        pool.chain().map(ChainStatus.View::coinbaseMaturity).orElse(0),
                        pool.readAt());
        return Parts.section("blocks", words.say("blocks.recent"))
                .with(
                        Parts.live("blocks").cls("six-rows").with(list),
                        tag("p").with(Parts.link("/blocks", words.say("blocks.all"))));
    }

    private Html rules(Words words, PoolView pool) {
        if (pool.chain().isEmpty()) {
            return Html.none();
        }
        ChainStatus.View chain = pool.chain().get();
        return Parts.section("rules", words.say("rules.title"))
                .with(
                        tag("p").with(scheme(words, chain.scheme())),
                        facts(words, site, chain, pool),
                        tag("p").with(Parts.link("/rewards", words.say("rules.more"))));
    }

    /** Fee, minimum, maturity, what is owed and what is kept: the same on every page that tells them. */
    static Html facts(Words words, Site site, ChainStatus.View chain, PoolView pool) {
        return Parts.live("facts")
                .with(tag("dl")
                        .cls("facts")
                        .with(
                                Parts.fact(
                                        words.say("rules.fee"),
                                        text(words.percentOfBasisPoints(chain.feeBasisPoints()))),
                                Parts.fact(
                                        words.say("rules.minimum"),
                                        words.sats(Money.ofSatoshis(chain.minimumPayout()))),
                                Parts.fact(
                                        words.say("rules.maturity"),
                                        text(words.counted("rules.blocks", chain.coinbaseMaturity()))),
                                Parts.fact(words.say("rules.kept"), text(site.kept(words))),
                                Parts.fact(
                                        words.say("rules.owed"),
                                        words.exactSats(pool.totals().miners().owed()))));
    }

    static String scheme(Words words, String scheme) {
        return switch (scheme) {
            case "SOLO" -> words.say("scheme.solo");
            case "PPLNS" -> words.say("scheme.pplns");
            default -> words.say("scheme.other", scheme.isEmpty() ? Quantities.UNKNOWN : scheme);
        };
    }
}
