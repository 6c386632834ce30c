package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Amounts;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.view.PoolView;
import org.motepool.store.ChainStatus;

/** The first page: how the pool is, how to join, what it costs, what it found. */
public final class HomePage {
    private static final int BLOCKS_SHOWN = 10;
    private static final String SEPARATOR = " · ";

    private final String poolName;
    private final int stratumPort;

    public HomePage(String poolName, int stratumPort) {
        this.poolName = poolName;
        this.stratumPort = stratumPort;
    }

    /** @param stratumHost by which this reader's devices reach the pool */
    public String html(PoolView pool, String stratumHost) {
        return document(pool, stratumHost, SearchForm.empty());
    }

    /** The same with what the reader searched for, and why that is no address. */
    public String refused(PoolView pool, String stratumHost, String typed, String reason) {
        return document(pool, stratumHost, SearchForm.refused(typed, reason));
    }

    private String document(PoolView pool, String stratumHost, Html search) {
        return Layout.page(
                poolName,
                "",
                pool.readAt(),
                tag("section")
                        .cls("hero")
                        .with(
                                tag("h1").with("Every speck of work counts."),
                                tag("p").cls("lead")
                                        .with("A mining pool for the smallest devices. Each share is proven, each"
                                                + " fraction of a reward is credited, and you can see both."),
                                search),
                status(pool),
                scaledNotice(pool),
                tiles(pool),
                new Recipe(stratumHost, stratumPort).section(Recipe.ANY_ADDRESS),
                rules(pool),
                blocks(pool));
    }

    private static Html status(PoolView pool) {
        List<String> troubles = pool.troubles();
        List<Html> line = new ArrayList<>();
        line.add(tag("strong").with(troubles.isEmpty() ? "Open" : "Degraded"));
        pool.chain().ifPresent(chain -> {
            line.add(text(SEPARATOR + "height " + Quantities.count(chain.height())));
            line.add(text(SEPARATOR + "work " + Times.span(pool.readAt() - chain.templateAt()) + " old"));
        });
        line.add(text(SEPARATOR + Quantities.count(pool.workers()) + (pool.workers() == 1 ? " device" : " devices")));
        line.add(text(SEPARATOR + Quantities.hashRateWithBand(pool.hashRate(), pool.windowShares())));
        line.add(text(SEPARATOR));
        line.add(
                pool.blocks().isEmpty()
                        ? text("no block yet")
                        : Html.all(
                                text("last block "),
                                Times.ago(pool.blocks().getFirst().foundAt(), pool.readAt())));
        Html reason = troubles.isEmpty()
                ? Html.none()
                : tag("span").cls("reason").with("Right now: " + String.join("; ", troubles) + ".");
        return tag("p").cls(troubles.isEmpty() ? "status open" : "status degraded")
                .attr("role", "status")
                .with(tag("span").with(line), reason);
    }

    private static Html scaledNotice(PoolView pool) {
        return pool.scaled()
                ? tag("p").cls("notice")
                        .with(
                                tag("strong").with("Rates are scaled: this is the devnet. "),
                                text("Simulated devices stand for real ones here, and the coins are worth nothing."))
                : Html.none();
    }

    private static Html tiles(PoolView pool) {
        return tag("dl")
                .cls("tiles")
                .with(
                        Tile.of(
                                "Hash rate",
                                HashRate.html(pool.hashRate(), pool.windowShares()),
                                "from the shares of the last 10 minutes"),
                        Tile.of(
                                "Devices",
                                text(Quantities.count(pool.workers())),
                                "of " + Quantities.count(pool.accounts())
                                        + (pool.accounts() == 1 ? " account" : " accounts")),
                        Tile.of(
                                "Blocks found",
                                text(Quantities.count(pool.counts().found())),
                                Quantities.count(pool.counts().mature()) + " mature, "
                                        + Quantities.count(pool.counts().immature()) + " maturing"),
                        Tile.of(
                                "Best share",
                                text(pool.best() > 0 ? Quantities.difficulty(pool.best()) : Quantities.UNKNOWN),
                                "difficulty that one hash reached"));
    }

    private static Html rules(PoolView pool) {
        if (pool.chain().isEmpty()) {
            return Html.none();
        }
        ChainStatus.View chain = pool.chain().get();
        Money owed = pool.totals().miners().owed();
        return tag("section")
                .attr("aria-labelledby", "rules-title")
                .with(
                        tag("h2").attr("id", "rules-title").with("What you get"),
                        tag("p").with(scheme(chain.scheme())),
                        tag("dl")
                                .cls("facts")
                                .with(
                                        fact("Pool fee", text(Quantities.percentOfBasisPoints(chain.feeBasisPoints()))),
                                        fact(
                                                "Minimum payout",
                                                Html.all(
                                                        Amounts.brief(Money.ofSatoshis(chain.minimumPayout())),
                                                        text(" sat"))),
                                        fact("Rewards mature after", text(chain.coinbaseMaturity() + " blocks")),
                                        fact("Chain", text(chain.network())),
                                        fact("Owed to miners now", Html.all(Amounts.exact(owed), text(" sat")))));
    }

    private static String scheme(String scheme) {
        return switch (scheme) {
            case "SOLO" -> "SOLO: who finds a block gets its reward, less the fee, straight from the block.";
            case "PPLNS" ->
                "PPLNS: when anyone here finds a block, its reward is shared by all recent work, down to the last"
                        + " 0.000000000001 satoshi. Small work earns small parts, never nothing.";
            default -> "Rewards are shared by the scheme " + scheme + ".";
        };
    }

    private static Html blocks(PoolView pool) {
        Html heading = tag("h2").attr("id", "blocks-title").with("Recent blocks");
        if (pool.blocks().isEmpty()) {
            return tag("section")
                    .attr("aria-labelledby", "blocks-title")
                    .with(heading, tag("p").with("None yet. A block stands here within seconds of being found."));
        }
        int maturity = pool.chain().map(ChainStatus.View::coinbaseMaturity).orElse(0);
        return tag("section")
                .attr("aria-labelledby", "blocks-title")
                .with(
                        heading,
                        BlockTable.of(
                                "Newest first",
                                pool.blocks().stream().limit(BLOCKS_SHOWN).toList(),
                                true,
                                maturity,
                                pool.readAt()),
                        tag("p").with(tag("a").attr("href", "/blocks").with("All blocks")));
    }

    private static Html fact(String name, Html value) {
        return tag("div").with(tag("dt").with(name), tag("dd").with(value));
    }
}
