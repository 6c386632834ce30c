package org.motepool.dashboards.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.motepool.core.work.Nbits;
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
    /** 2^32: so many hashes make a share of difficulty one, as difficulty is used. */
    public static final double HASHES_OF_DIFFICULTY_ONE = 4_294_967_296.0;

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

    /** Of this day, by UTC; 0 without a share. */
    public double bestToday() {
        return nodes.stream().mapToDouble(LiveStats.NodeReport::bestToday).max().orElse(0);
    }

    /** Accepted shares since the nodes started. */
    public long accepted() {
        return nodes.stream().mapToLong(LiveStats.NodeReport::accepted).sum();
    }

    /** Refused shares since the nodes started. */
    public long rejected() {
        return nodes.stream()
                .flatMap(node -> node.rejected().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Connected devices by family over all nodes, of all classes, the largest family first. */
    public List<LiveStats.FamilyReport> families() {
        return summed(LiveStats.FamilyReport::family);
    }

    /** The same by family and class. */
    public List<LiveStats.FamilyReport> kinds() {
        return summed(report -> List.of(report.family(), report.deviceClass()));
    }

    private List<LiveStats.FamilyReport> summed(Function<LiveStats.FamilyReport, ?> by) {
        Map<Object, List<LiveStats.FamilyReport>> groups = new LinkedHashMap<>();
        nodes.forEach(node -> node.families()
                .forEach(report -> groups.computeIfAbsent(by.apply(report), _ -> new ArrayList<>())
                        .add(report)));
        return groups.values().stream()
                .map(PoolView::sum)
                .sorted(Comparator.comparingInt(LiveStats.FamilyReport::workers)
                        .reversed()
                        .thenComparing(LiveStats.FamilyReport::family)
                        .thenComparing(LiveStats.FamilyReport::deviceClass))
                .toList();
    }

    private static LiveStats.FamilyReport sum(List<LiveStats.FamilyReport> parts) {
        Band band = new Band();
        parts.forEach(part -> band.add(part.hashRate(), part.windowShares()));
        return new LiveStats.FamilyReport(
                parts.getFirst().family(),
                parts.getFirst().deviceClass(),
                parts.stream().mapToInt(LiveStats.FamilyReport::workers).sum(),
                parts.stream().mapToDouble(LiveStats.FamilyReport::hashRate).sum(),
                band.shares(),
                parts.stream().mapToDouble(LiveStats.FamilyReport::best).max().orElse(0));
    }

    /** What the next block must reach, 0 while unknown. */
    public double networkDifficulty() {
        return chain.map(view -> difficultyOf(view.nbits())).orElse(0.0);
    }

    /** Hashes a second of the whole chain if its blocks come as they should, 0 while unknown: an estimate. */
    public double networkHashRate() {
        return chain.filter(view -> view.blockSeconds() > 0)
                .map(view -> networkDifficulty() * HASHES_OF_DIFFICULTY_ONE / view.blockSeconds())
                .orElse(0.0);
    }

    private static double difficultyOf(String nbits) {
        try {
            return Nbits.ofHex(nbits).displayDifficulty();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** When the node that runs longest started, 0 when none runs. */
    public long startedAt() {
        return nodes.stream().mapToLong(LiveStats.NodeReport::startedAt).min().orElse(0);
    }

    /** Whether rates are scaled, as on the devnet. */
    public boolean scaled() {
        return chain.isPresent() && chain.get().powShift() > 0;
    }

    /** What keeps the pool from being fully open; empty when nothing does. */
    public List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>();
        if (nodes.isEmpty()) {
            troubles.add(Trouble.NO_NODES);
        }
        if (chain.isEmpty()) {
            troubles.add(Trouble.NO_WORK);
        }
        chain.ifPresent(view -> {
            if (!view.nodeUp()) {
                troubles.add(Trouble.CHAIN_DOWN);
            } else if (readAt - view.templateAt() > WORK_AGE_MILLIS_MAX) {
                troubles.add(Trouble.OLD_WORK);
            }
        });
        payout.filter(state -> !state.halted().isEmpty()).ifPresent(state -> troubles.add(Trouble.CREDITS_ON_HOLD));
        return troubles;
    }

    /** Reasons of not being fully open. */
    public enum Trouble {
        NO_NODES,
        NO_WORK,
        CHAIN_DOWN,
        OLD_WORK,
        CREDITS_ON_HOLD
    }

    /** What such a rate leads to here. */
    public Odds odds(double hashRate) {
        return new Odds(
                hashRate,
                networkDifficulty(),
                chain.map(ChainStatus.View::reward).orElse(0L),
                chain.map(ChainStatus.View::feeBasisPoints).orElse(0));
    }
}
