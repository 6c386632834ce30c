package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.dashboards.format.Amounts;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.store.Blocks.BlockView;

/** Blocks as a table. Finders are shortened: nobody's whole address stands on a public list. */
final class BlockTable {
    private BlockTable() {}

    /** @param maturity confirmations until a reward may be paid, 0 while unknown */
    static Html of(String caption, List<BlockView> blocks, boolean withFinder, int maturity, long now) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("Height"),
                Column.text("Found"),
                Column.text("State"),
                Column.number("Reward, sat"),
                Column.number("Pool fee, sat")));
        if (withFinder) {
            columns.add(Column.number("Finder"));
        }
        Table table = new Table(caption, columns);
        for (BlockView block : blocks) {
            table.row(cells(block, withFinder, maturity, now));
        }
        return table.html();
    }

    private static List<Html> cells(BlockView block, boolean withFinder, int maturity, long now) {
        Html height = tag("span").attr("title", block.hash()).with(Quantities.count(block.height()));
        Html found = Times.ago(block.foundAt(), now);
        Html state = state(block, maturity);
        Html reward = block.reward().isZero() ? text(Quantities.UNKNOWN) : Amounts.brief(block.reward());
        Html fee = block.reward().isZero() ? text(Quantities.UNKNOWN) : Amounts.brief(block.fee());
        return withFinder
                ? List.of(height, found, state, reward, fee, tag("code").with(ShortAddress.of(block.finder())))
                : List.of(height, found, state, reward, fee);
    }

    private static Html state(BlockView block, int maturity) {
        return switch (block.state()) {
            case SUBMITTED -> tag("span").cls("tag wait").with("submitted");
            case IMMATURE ->
                tag("span")
                        .cls("tag wait")
                        .with(
                                maturity > 0
                                        ? "maturing " + Math.min(block.confirmations(), maturity) + "/" + maturity
                                        : "maturing");
            case MATURE -> tag("span").cls("tag good").with("mature");
            case ORPHANED -> tag("span").cls("tag bad").with("orphaned");
            case REFUSED -> tag("span").cls("tag bad").with("refused");
        };
    }
}
