package org.motepool.stratum.job;

import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;

/** Cuts a template into a job. Thread-safe. */
@FunctionalInterface
public interface JobBuilder {
    /**
     * @param number unique in the process
     * @param ntime seconds since 1970
     */
    Job build(BlockTemplate template, int number, int ntime);

    /**
     * Cuts a miner's own job from a common one.
     *
     * @param common made by this builder from that template
     * @param number unique in the process
     * @param miner output script
     * @param small for the smallest devices
     */
    default CoinbaseBuilder.Solo solo(Job common, BlockTemplate template, int number, Bytes miner, boolean small) {
        throw new UnsupportedOperationException("these jobs pay the pool alone");
    }

    /** Jobs that pay a pool, or a miner and the pool's fee. */
    static JobBuilder of(CoinbaseBuilder coinbases, int feeBasisPoints) {
        return new CoinbaseJobs(coinbases, feeBasisPoints);
    }
}
