package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.motepool.core.work.Nbits;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.PoolView;
import org.motepool.store.Blocks;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.ChainStatus;
import org.motepool.store.ReadModels;

/** The blocks that the pool found, and each of them with its proof and how its reward is shared. */
public final class BlocksPage {
    private static final int HASH_DIGITS = 64;

    private final Site site;

    public BlocksPage(Site site) {
        this.site = site;
    }

    public String list(Visit visit, PoolView pool) {
        Words words = visit.words();
        Blocks.Counts counts = pool.counts();
        Html list = pool.blocks().isEmpty()
                ? tag("p").cls("empty").with(words.say("blocks.none"))
                : BlockTable.of(
                        words,
                        words.say("blocks.newest-of", words.count(pool.blocks().size())),
                        pool.blocks(),
                        true,
                        maturity(pool),
                        pool.readAt());
        return Layout.page(
                site,
                visit,
                words.say("nav.blocks"),
                pool.readAt(),
                "/api/events",
                tag("h1").with(words.say("nav.blocks")),
                Parts.live("counts")
                        .with(tag("p").cls("lead")
                                .with(words.counted(
                                        "blocks.counts",
                                        counts.found(),
                                        words.count(counts.mature()),
                                        words.count(counts.immature()),
                                        words.count(counts.orphaned()),
                                        words.count(counts.refused())))),
                Parts.quiet(words.say("blocks.explained", words.count(maturity(pool)))),
                Parts.live("blocks").with(list));
    }

    public String one(Visit visit, PoolView pool, BlockView block, Optional<ReadModels.Plan> plan) {
        Words words = visit.words();
        String title = words.say("block.title", words.count(block.height()));
        return Layout.page(
                site,
                visit,
                title,
                pool.readAt(),
                "/api/events",
                tag("h1").with(title),
                Parts.live("block")
                        .with(tag("dl")
                                .cls("facts")
                                .with(
                                        Parts.fact(
                                                words.say("block.state"),
                                                BlockTable.state(words, block, maturity(pool))),
                                        Parts.fact(words.say("block.found"), words.ago(block.foundAt(), pool.readAt())),
                                        Parts.fact(words.say("block.reward"), BlockTable.amount(words, block.reward())),
                                        Parts.fact(words.say("rules.fee"), BlockTable.amount(words, block.fee())),
                                        Parts.fact(words.say("block.scheme"), text(OutsideText.plain(block.scheme()))),
                                        Parts.fact(
                                                words.say("block.finder"),
                                                Html.all(
                                                        tag("code").with(ShortAddress.of(block.finder())),
                                                        text(" "),
                                                        OutsideText.shown(block.worker()))))),
                proof(words, pool, block),
                plan(words, block, plan));
    }

    private Html proof(Words words, PoolView pool, BlockView block) {
        boolean scaled = pool.scaled();
        return Parts.section("proof", words.say("proof.title"))
                .with(
                        tag("p").with(words.say(scaled ? "proof.text-scaled" : "proof.text")),
                        tag("dl")
                                .cls("proof")
                                .with(
                                        Parts.fact(
                                                words.say("proof.hash"),
                                                tag("code").with(OutsideText.plain(block.hash()))),
                                        Parts.fact(
                                                words.say("proof.target"),
                                                tag("code").with(target(block.nbits()))),
                                        Parts.fact("nbits", tag("code").with(OutsideText.plain(block.nbits())))),
                        Parts.quiet(words.say("proof.audit", site.kept(words))));
    }

    private static String target(String nbits) {
        try {
            String hex = Nbits.ofHex(nbits).target().toNumber().toString(16);
            return "0".repeat(Math.max(0, HASH_DIGITS - hex.length())) + hex;
        } catch (IllegalArgumentException e) {
            return Quantities.UNKNOWN;
        }
    }

    private static Html plan(Words words, BlockView block, Optional<ReadModels.Plan> plan) {
        Html.Element section = Parts.section("plan", words.say("plan.title"));
        if (plan.isEmpty()) {
            return section.with(tag("p").cls("empty").with(words.say("plan.none")));
        }
        ReadModels.Plan known = plan.get();
        Table table = new Table(
                words.counted("plan.largest", known.largest().size(), words.count(known.accounts())),
                List.of(
                        Column.text(words.say("plan.account")),
                        Column.number(words.say("plan.part")),
                        Column.number(words.say("plan.credit"))));
        BigInteger total = new BigInteger(known.totalWeight());
        for (ReadModels.Part part : known.largest()) {
            table.row(List.of(
                    tag("code").with(ShortAddress.of(part.address())),
                    text(words.share(new BigInteger(part.weight()), total)),
                    words.exactSats(part.amount())));
        }
        boolean stands = block.state() == Blocks.State.IMMATURE || block.state() == Blocks.State.MATURE;
        return section.with(
                tag("p").with(words.say("plan.text", words.count(known.windowBlocks()))),
                stands ? Html.none() : tag("p").cls("notice").with(words.say("plan.void")),
                tag("dl")
                        .cls("facts")
                        .with(
                                Parts.fact(
                                        words.say("plan.slices"),
                                        text(words.say(
                                                "plan.range",
                                                words.count(known.firstSlice()),
                                                words.count(known.lastSlice())))),
                                Parts.fact(words.say("plan.accounts"), text(words.count(known.accounts()))),
                                Parts.fact(
                                        words.say("plan.shared"),
                                        words.sats(known.gross().minus(known.fee()))),
                                Parts.fact(words.say("plan.fee"), words.sats(known.fee()))),
                table.html(),
                Parts.quiet(words.say("plan.sum")));
    }

    private static int maturity(PoolView pool) {
        return pool.chain().map(ChainStatus.View::coinbaseMaturity).orElse(0);
    }
}
