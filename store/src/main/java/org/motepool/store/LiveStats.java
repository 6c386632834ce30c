package org.motepool.store;

import java.util.List;
import java.util.Map;
import org.motepool.core.account.AccountId;

/**
 * What the devices do now, as each stratum node last reported it; for pages and APIs, never for money. Entries expire by
 * themselves. Calls block.
 */
public interface LiveStats {
    /** Replaces this node's report of the given workers and of itself. */
    void publish(NodeReport node, List<WorkerReport> changed) throws StoreException;

    /** Forgets a node's report: it closes. */
    void withdraw(String nodeId) throws StoreException;

    /** All workers of an account, one entry per node where it mined. */
    List<WorkerReport> workers(AccountId account) throws StoreException;

    /** Reports of all nodes that are alive. */
    List<NodeReport> nodes() throws StoreException;

    /**
     * One worker on one node.
     *
     * @param address canonical payout address
     * @param sessions its open connections, newest first
     * @param accepted shares since {@code firstSeen}
     * @param rejected by reason, since {@code firstSeen}
     * @param acceptedWork work units, since {@code firstSeen}
     * @param windowShares of the last {@code windowSeconds}: so many equal shares would tell the rate as well as the accepted
     *     ones, (Σ work)² / Σ work²; a rate's band is ± 1/√ of it
     * @param windowWork work units accepted in the last {@code windowSeconds}
     * @param windowSeconds at most 600, less while the worker is new
     * @param best highest difficulty that a share of it reached
     * @param bestToday the same of the shares of the day, by UTC, of {@code lastShare}
     * @param lastShare milliseconds since 1970, 0 for none
     */
    record WorkerReport(
            AccountId account,
            String address,
            String worker,
            String nodeId,
            List<SessionReport> sessions,
            long accepted,
            Map<String, Long> rejected,
            long acceptedWork,
            long windowShares,
            long windowWork,
            int windowSeconds,
            double best,
            double bestToday,
            long firstSeen,
            long lastSeen,
            long lastShare) {
        /** Hashes a second over the window: a statistic. */
        public double hashRate() {
            return windowSeconds <= 0 ? 0 : windowWork * 65_536.0 / windowSeconds;
        }
    }

    /**
     * @param id 8 hex digits, not a secret
     * @param deviceClass {@code micro}, {@code cpu}, {@code asic} or {@code unknown}
     * @param level share level in force
     * @param connectedAt milliseconds since 1970
     */
    record SessionReport(String id, String userAgent, String deviceClass, int level, long connectedAt) {}

    /**
     * One stratum node as a whole.
     *
     * @param connections open now; {@code workers} and {@code accounts} have at least one authorized connection
     * @param bestToday highest difficulty of a share of the day, by UTC, of {@code reportedAt}
     * @param hashPath which share hasher is in use
     * @param startedAt and {@code reportedAt}: milliseconds since 1970
     * @param families connected devices by family and class, both closed sets
     */
    record NodeReport(
            String nodeId,
            int connections,
            int workers,
            int accounts,
            long accepted,
            Map<String, Long> rejected,
            long windowShares,
            long windowWork,
            int windowSeconds,
            double best,
            double bestToday,
            String hashPath,
            long startedAt,
            long reportedAt,
            List<FamilyReport> families) {
        public NodeReport {
            families = List.copyOf(families);
        }

        public double hashRate() {
            return windowSeconds <= 0 ? 0 : windowWork * 65_536.0 / windowSeconds;
        }
    }

    /**
     * Devices of one family and class on one node.
     *
     * @param deviceClass {@code micro}, {@code cpu}, {@code asic} or {@code unknown}: of a family that is known always the same
     * @param workers connected now
     * @param hashRate hashes a second over each one's window: a statistic
     * @param windowShares so many equal shares would tell the rate as well
     * @param best highest difficulty that a share of a connected one reached
     */
    record FamilyReport(
            String family, String deviceClass, int workers, double hashRate, long windowShares, double best) {}
}
