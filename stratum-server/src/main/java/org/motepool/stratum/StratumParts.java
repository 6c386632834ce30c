package org.motepool.stratum;

import io.prometheus.client.CollectorRegistry;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Bans;
import org.motepool.store.History;
import org.motepool.store.LiveStats;
import org.motepool.store.Sessions;
import org.motepool.stratum.found.BlockListener;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.log.ShareLog;

/**
 * What the server works with; it closes none of them.
 *
 * @param chain started by the server, which listens to its templates; so nobody else may start it
 * @param log its id stands in every coinbase; to be closed after the server
 * @param liveStats empty: nothing is published
 * @param history empty: nothing is kept of the past
 * @param bans empty: nobody is banned
 * @param sessions empty: a device that comes back begins anew
 */
public record StratumParts(
        Chain chain,
        ShareLog log,
        ShareHasher hasher,
        Optional<LiveStats> liveStats,
        Optional<History> history,
        Optional<Bans> bans,
        Optional<Sessions> sessions,
        PoolClock clock,
        CollectorRegistry registry,
        BlockListener blocks) {}
