package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.store.Blocks.BlockView;

/** Blocks as a table. Finders are shortened: nobody's whole address stands on a public list. */
final class BlockTable {
    private BlockTable() {}

    /** @param maturity confirmations until a reward may be paid, 0 while unknown */
    static Html of(Words words, String caption, List<BlockView> blocks, boolean withFinder, int maturity, long now) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text(words.say("block.height")),
                Column.text(words.say("block.found")),
                Column.text(words.say("block.state")),
                Column.number(words.say("block.reward"))));
        if (withFinder) {
            columns.add(Column.number(words.say("block.finder")));
        }
        Table table = new Table(caption, columns);
        for (BlockView block : blocks) {
            List<Html> cells = new ArrayList<>(List.of(
                    Parts.link(path(block.hash()), words.count(block.height())),
                    words.ago(block.foundAt(), now),
                    block.scheme().equals("SOLO")
                            ? Html.all(
                                    state(words, block, maturity),
                                    text(" "),
                                    tag("span").cls("tag").with("solo"))
                            : state(words, block, maturity),
                    amount(words, block.reward())));
            if (withFinder) {
                cells.add(tag("code").with(ShortAddress.of(block.finder())));
            }
            table.row(cells);
        }
        return table.html();
    }

    /** Hashes come from the store; one that is none has no page of its own. */
    static String path(String hash) {
        return hash.matches("[0-9a-f]{64}") ? "/blocks/" + hash : "/blocks";
    }

    static Html amount(Words words, Money amount) {
        return amount.isZero() ? text(Quantities.UNKNOWN) : words.sats(amount);
    }

    static Html state(Words words, BlockView block, int maturity) {
        return switch (block.state()) {
            case SUBMITTED -> tag("span").cls("tag wait").with(words.say("block.submitted"));
            case IMMATURE ->
                tag("span")
                        .cls("tag wait")
                        .with(
                                maturity > 0
                                        ? words.say(
                                                "block.maturing-of",
                                                words.count(Math.min(block.confirmations(), maturity)),
                                                words.count(maturity))
                                        : words.say("block.maturing"));
            case MATURE -> tag("span").cls("tag good").with(words.say("block.mature"));
            case ORPHANED -> tag("span").cls("tag bad").with(words.say("block.orphaned"));
            case REFUSED -> tag("span").cls("tag bad").with(words.say("block.refused"));
        };
    }
}
