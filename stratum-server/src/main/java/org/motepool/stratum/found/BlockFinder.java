package org.motepool.stratum.found;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.motepool.chain.Chain;
import org.motepool.chain.template.BlockAssembly;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.stratum.job.LiveJob;
import org.motepool.stratum.share.BlockSink;
import org.motepool.stratum.share.Candidate;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.validator.log.ShareLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends found blocks to the chain on virtual threads, and their records to the log. Thread-safe. */
public final class BlockFinder implements BlockSink, AutoCloseable {
    /** Blocks remembered to know one that comes again: more than are found on one tip, even where blocks are easy. */
    private static final int BLOCKS_REMEMBERED_MAX = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(BlockFinder.class);

    private static final Chain.SubmitOutcome NOT_SENT = new Chain.SubmitOutcome(false, List.of("pool: stale"));

    private final Chain chain;
    private final BlockRecords records;
    private final BlockListener listener;
    private final StratumMetrics metrics;
    private final AtomicLong found = new AtomicLong();

    /** Blocks found last, each of which counts once. */
    private final Set<Hash256> newest = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash256, Boolean> eldest) {
            return size() > BLOCKS_REMEMBERED_MAX;
        }
    });

    private final Map<BlockOutcome, LongAdder> outcomes = new EnumMap<>(BlockOutcome.class);
    private final SubmissionLine line = new SubmissionLine();

    public BlockFinder(Chain chain, ShareLog log, BlockListener listener, StratumMetrics metrics) {
        this.chain = chain;
        this.records = new BlockRecords(log);
        this.listener = listener;
        this.metrics = metrics;
        for (BlockOutcome outcome : BlockOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    private LongAdder count(BlockOutcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome));
    }

    @Override
    public Runnable found(Candidate share) {
        LiveJob live = share.job();
        FoundBlock block = block(share);
        if (!isNew(block.hash())) {
            // A share that was not taken may come again; its block is on its way.
            return () -> {};
        }
        found.incrementAndGet();
        metrics.blocks.labels("submitted").inc();
        if (line.offer(live.tip(), new Submission(live, block))) {
            return () -> records.append(block);
        }
        // Thousands on the same tip are before it. No chain will ever hold it, so there is nothing to account for.
        LOG.error("block {} is not submitted: too many are, or the pool is closing", block.hash());
        settle(block, NOT_SENT);
        return () -> {};
    }

    private final class Submission implements SubmissionLine.Submission {
        private final LiveJob live;
        private final FoundBlock block;

        Submission(LiveJob live, FoundBlock block) {
            this.live = live;
            this.block = block;
        }

        @Override
        public void run() {
            submit(live, block);
        }

        @Override
        public void superseded() {
            LOG.warn("block {} is not submitted: thousands wait, and its tip is not the newest", block.hash());
            settle(block, NOT_SENT);
        }
    }

    private boolean isNew(Hash256 hash) {
        synchronized (newest) {
            return newest.add(hash);
        }
    }

    private static FoundBlock block(Candidate share) {
        var job = share.job().job();
        Bytes coinbase = job.coinbase(share.extranonces());
        BlockHeader header = new BlockHeader(
                share.version(),
                job.prevHash(),
                MerkleTree.foldBranch(Sha256.twice(coinbase), job.branch()),
                share.ntime(),
                job.nbits(),
                share.nonce());
        return new FoundBlock(
                header.hash(),
                header,
                coinbase,
                job,
                share.user().address(),
                share.user().worker().value(),
                share.job().feeBasisPoints());
    }

    private void submit(LiveJob live, FoundBlock block) {
        long start = System.nanoTime();
        try {
            LOG.info(
                    "block {} found at height {} by {}",
                    block.hash(),
                    live.job().height(),
                    block.finder());
            Bytes raw = BlockAssembly.assemble(live.template(), block.header(), block.coinbase());
            var answer = chain.submit(block.hash(), raw);
            listener.found(block);
            settle(block, answer.join());
        } catch (RuntimeException e) {
            LOG.error("block {} could not be submitted", block.hash(), e);
            settle(block, new Chain.SubmitOutcome(false, List.of("pool: " + e)));
        } finally {
            metrics.blockSubmit.observe((System.nanoTime() - start) / 1e9);
        }
    }

    private void settle(FoundBlock block, Chain.SubmitOutcome answers) {
        BlockOutcome outcome = BlockOutcome.of(answers);
        count(outcome).increment();
        metrics.blocks
                .labels(outcome == BlockOutcome.ACCEPTED ? "accepted" : "rejected")
                .inc();
        LOG.info("block {} {}: {}", block.hash(), outcome, answers.answers());
        try {
            listener.settled(block, outcome, answers);
        } catch (RuntimeException e) {
            LOG.error("the listener for found blocks failed", e);
        }
    }

    public long blocksFound() {
        return found.get();
    }

    public long blocks(BlockOutcome outcome) {
        return count(outcome).sum();
    }

    /** Waits for submissions under way, with a bound. Before the log is closed. */
    @Override
    public void close() {
        line.close();
        records.close();
    }
}
