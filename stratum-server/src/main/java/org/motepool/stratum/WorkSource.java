package org.motepool.stratum;

import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.stratum.job.JobBuilder;
import org.motepool.stratum.share.Judge;

/**
 * Where jobs come from and how they and the connections are numbered; tests replay recorded conversations with others.
 *
 * @param firstExtranonce1 the first connection's
 */
record WorkSource(JobBuilder builder, int firstJobNumber, int firstExtranonce1) {
    /** Plain counters suffice: every coinbase carries the log's tag and the job's number. */
    static WorkSource of(StratumSettings settings, StratumParts parts) {
        CoinbaseBuilder coinbases = new CoinbaseBuilder(
                settings.payeeScript(), settings.poolTag(), parts.log().id(), Judge.EXTRANONCE_BYTES);
        return new WorkSource(JobBuilder.of(coinbases, settings.feeBasisPoints()), 1, 1);
    }
}
