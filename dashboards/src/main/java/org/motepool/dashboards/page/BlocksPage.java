package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;

import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.view.PoolView;
import org.motepool.store.ChainStatus;

/** The blocks that the pool found. */
public final class BlocksPage {
    private final String poolName;

    public BlocksPage(String poolName) {
        this.poolName = poolName;
    }

    public String html(PoolView pool) {
        int maturity = pool.chain().map(ChainStatus.View::coinbaseMaturity).orElse(0);
        String counts = Quantities.count(pool.counts().found()) + " found: "
                + Quantities.count(pool.counts().mature()) + " mature, "
                + Quantities.count(pool.counts().immature()) + " maturing, "
                + Quantities.count(pool.counts().orphaned()) + " orphaned, "
                + Quantities.count(pool.counts().refused()) + " refused.";
        Html list = pool.blocks().isEmpty()
                ? tag("p").with("No block yet. Every share has its chance at one.")
                : BlockTable.of("The newest " + pool.blocks().size(), pool.blocks(), true, maturity, pool.readAt());
        return Layout.page(
                poolName,
                "Blocks",
                pool.readAt(),
                tag("h1").with("Blocks"),
                tag("p").cls("lead").with(counts),
                tag("p").cls("quiet")
                        .with("A reward may be paid once its block is "
                                + (maturity > 0 ? maturity : "enough")
                                + " blocks deep. An orphaned block lost a race against another one and pays nobody."),
                list);
    }
}
