package org.motepool.stratum.job;

import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;

/** Jobs with the coinbases of one pool. */
record CoinbaseJobs(CoinbaseBuilder coinbases, int feeBasisPoints) implements JobBuilder {
    @Override
    public Job build(BlockTemplate template, int number, int ntime) {
        return coinbases.build(template, number, ntime, Scheme.PPLNS);
    }

    @Override
    public CoinbaseBuilder.Solo solo(Job common, BlockTemplate template, int number, Bytes miner, boolean small) {
        return coinbases.solo(common, template, number, miner, feeBasisPoints, small);
    }
}
