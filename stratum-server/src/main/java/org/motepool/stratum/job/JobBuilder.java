package org.motepool.stratum.job;

import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.block.Job;

/** Cuts a template into a job. Thread-safe. */
@FunctionalInterface
public interface JobBuilder {
    /**
     * @param number unique in the process
     * @param ntime seconds since 1970
     */
    Job build(BlockTemplate template, int number, int ntime);
}
