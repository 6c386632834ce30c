package org.motepool.stratum.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.DifficultyScale;
import org.motepool.stratum.guard.ConnectionGate;
import org.motepool.stratum.guard.Guards;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.job.JobFeed;
import org.motepool.stratum.resume.SessionMemory;
import org.motepool.stratum.stats.StatsBook;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.stratum.vardiff.LevelControl;

/**
 * What all connections of this node share; thread-safe parts only.
 *
 * @param levels makes a new connection's level control
 * @param extranonce1 the next one to give: a plain counter, since jobs are unique to the process
 */
public record NodeContext(
        Network network,
        StratumLimits limits,
        PoolClock clock,
        JobFeed feed,
        Supplier<LevelControl> levels,
        AtomicInteger extranonce1,
        StatsBook stats,
        StratumMetrics metrics,
        ConnectionGate gate,
        Guards guards,
        SessionMemory sessions) {
    /** How this chain's miners count difficulties. */
    public DifficultyScale difficulties() {
        return network.proofOfWork().difficulties();
    }
}
