package org.motepool.dashboards.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.dashboards.format.Times;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;
import org.motepool.store.ChainStatus;
import org.motepool.store.LiveStats;
import org.motepool.store.ReadModels;

/**
 * The pool as a whole at one moment.
 *
 * @param blocks newest first
 * @param readAt milliseconds since 1970
 */
public record PoolView(
        List<LiveStats.NodeReport> nodes,
        Optional<ChainStatus.View> chain,
        List<Blocks.BlockView> blocks,
        Blocks.Counts counts,
        Balances.Totals totals,
        Optional<ReadModels.PayoutState> payout,
        long readAt) {
    /** Templates come every few seconds; older work than this is worth a warning. */
    private static final long WORK_AGE_MILLIS_MAX = 90_000;

    public PoolView {
        nodes = List.copyOf(nodes);
        blocks = List.copyOf(blocks);
    }

    /** Hashes a second, a statistic. */
    public double hashRate() {
        return nodes.stream().mapToDouble(LiveStats.NodeReport::hashRate).sum();
    }

    /** So many equal shares would tell {@link #hashRate} as well. */
    public long windowShares() {
        Band band = new Band();
        nodes.forEach(node -> band.add(node.hashRate(), node.windowShares()));
        return band.shares();
    }

    public long workers() {
        return nodes.stream().mapToLong(LiveStats.NodeReport::workers).sum();
    }

    public long accounts() {
        return nodes.stream().mapToLong(LiveStats.NodeReport::accounts).sum();
    }

    public double best() {
        return nodes.stream().mapToDouble(LiveStats.NodeReport::best).max().orElse(0);
    }

    /** When the node that runs longest started, 0 when none runs. */
    public long startedAt() {
        return nodes.stream().mapToLong(LiveStats.NodeReport::startedAt).min().orElse(0);
    }

    /** Whether rates are scaled, as on the devnet. */
    public boolean scaled() {
        return chain.isPresent() && chain.get().powShift() > 0;
    }

    /** What keeps the pool from being fully open, in words for a miner; empty when nothing does. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (nodes.isEmpty()) {
            troubles.add("no stratum server reports; devices reconnect by themselves");
        }
        if (chain.isEmpty()) {
            troubles.add("no work from the chain yet");
        }
        chain.ifPresent(view -> {
            if (!view.nodeUp()) {
                troubles.add("the chain node does not answer; devices go on with their last work");
            } else if (readAt - view.templateAt() > WORK_AGE_MILLIS_MAX) {
                troubles.add("work is " + Times.span(readAt - view.templateAt()) + " old");
            }
        });
        payout.filter(state -> !state.halted().isEmpty())
                .ifPresent(state -> troubles.add("credits are on hold; shares are kept and will be counted"));
        return troubles;
    }
}
