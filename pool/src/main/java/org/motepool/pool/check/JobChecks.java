package org.motepool.pool.check;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.CoinbaseBuilder;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.sharelog.LogId;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.PoolConfig;
import org.motepool.stratum.share.Judge;
import org.motepool.stratum.v1.NotifyLine;
import org.motepool.stratum.vardiff.JobBudget;

/** Whether the smallest devices can take the jobs that address, tag and a real template make. */
final class JobChecks {
    private final PoolConfig config;
    private final Remarks remarks;

    JobChecks(PoolConfig config, Remarks remarks) {
        this.config = config;
        this.remarks = remarks;
    }

    void run(Optional<BlockTemplate> template) {
        if (template.isEmpty()) {
            return;
        }
        try {
            CoinbaseBuilder coinbases = new CoinbaseBuilder(
                    config.payoutAddress().script(),
                    config.poolTag(),
                    LogId.random(new SecureRandom()),
                    Judge.EXTRANONCE_BYTES);
            Job job = coinbases.build(
                    template.get(), Integer.MAX_VALUE, template.get().curTime(), Scheme.PPLNS);
            tell(job, NotifyLine.of(job, true).length());
        } catch (IllegalArgumentException e) {
            remarks.error(
                    Key.POOL_TAG,
                    String.valueOf(e.getMessage()),
                    "Shorten pool.tag, or take a P2WPKH address as pool.payout-address");
        }
    }

    private void tell(Job job, int notifyBytes) {
        List<String> broken = JobBudget.SMALL.broken(job, notifyBytes);
        String measured = "a job has a coinbase of %d bytes, %d branches and a line of %d bytes"
                .formatted(job.coinbaseBytes(), job.branch().size(), notifyBytes);
        if (broken.isEmpty()) {
            remarks.note(Key.PAYOUT_ADDRESS, measured + ": the smallest devices can take it");
        } else {
            remarks.error(
                    Key.PAYOUT_ADDRESS,
                    measured + ": too much for the smallest devices (" + String.join(", ", broken) + ")",
                    "Shorten pool.tag, take a P2WPKH address, or let the node make smaller blocks");
        }
    }
}
