package org.motepool.stratum.share;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.DifficultyScale;
import org.motepool.core.work.PowShift;
import org.motepool.stratum.job.LiveJob;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.log.ShareLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the shares of one event loop: those that a turn gathered are hashed job by job, side by side, and the accepted
 * ones go to the log as one batch. Nothing waits for a batch. Owned by its event loop.
 */
public final class Judge {
    /** Extranonce1 and extranonce2 together. */
    public static final int EXTRANONCE_BYTES = 8;

    private static final int BATCH_CAPACITY = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    private final EventExecutor loop;
    private final PowShift shift;
    private final DifficultyScale scale;
    private final ShareLog log;
    private final BlockSink blocks;
    private final StratumMetrics metrics;
    private final ShareBatch batch = new ShareBatch(EXTRANONCE_BYTES, BATCH_CAPACITY);
    private final AtomicInteger unforced = new AtomicInteger();
    private Map<LiveJob, List<Candidate>> gathered = new LinkedHashMap<>();

    public Judge(
            EventExecutor loop,
            PowShift shift,
            DifficultyScale scale,
            ShareLog log,
            BlockSink blocks,
            StratumMetrics metrics) {
        this.loop = loop;
        this.shift = shift;
        this.scale = scale;
        this.log = log;
        this.blocks = blocks;
        this.metrics = metrics;
    }

    /** Takes a candidate; it is judged when this turn's reads are done. */
    public void add(Candidate share) {
        unforced.incrementAndGet();
        if (gathered.isEmpty()) {
            loop.execute(this::judge);
        }
        gathered.computeIfAbsent(share.job(), job -> new ArrayList<>()).add(share);
    }

    /** Shares that have no final verdict yet; any thread. */
    public int unforced() {
        return unforced.get();
    }

    private void judge() {
        Map<LiveJob, List<Candidate>> turn = gathered;
        gathered = new LinkedHashMap<>();
        List<Candidate> proven = new ArrayList<>();
        List<Double> difficulties = new ArrayList<>();
        List<Runnable> records = new ArrayList<>();
        turn.forEach((job, shares) -> {
            if (hash(job, shares)) {
                for (int i = 0; i < shares.size(); i++) {
                    verdict(shares.get(i), i * Hash256.BYTES, proven, difficulties, records);
                }
            }
        });
        if (!proven.isEmpty()) {
            append(proven, difficulties);
        }
        // After the shares: the block then pays the one that found it, too.
        records.forEach(Runnable::run);
    }

    private boolean hash(LiveJob job, List<Candidate> shares) {
        batch.clear();
        for (Candidate share : shares) {
            var _ = batch.add(share.extranonces(), share.ntime(), share.nonce(), share.version());
        }
        String path = job.prepared().path(batch.size());
        long start = System.nanoTime();
        try {
            job.prepared().hash(batch);
        } catch (RuntimeException e) {
            LOG.error("shares of job {} could not be hashed", job.job().number(), e);
            unforced.addAndGet(-shares.size());
            shares.forEach(share -> share.origin().on(share, Verdict.NOT_STORED, 0));
            return false;
        }
        metrics.validation.labels(path).observe((System.nanoTime() - start) / 1e9);
        metrics.batchSize.labels(path).observe(shares.size());
        return true;
    }

    private void verdict(
            Candidate share, int offset, List<Candidate> proven, List<Double> difficulties, List<Runnable> records) {
        byte[] hashes = batch.hashes();
        double difficulty = scale.reached(hashes, offset, shift);
        if (share.job().networkTarget().accepts(hashes, offset, shift)) {
            records.add(blocks.found(share));
        }
        if (share.level().target().accepts(hashes, offset, shift)) {
            proven.add(share);
            difficulties.add(difficulty);
            share.origin().on(share, Verdict.PROVEN, difficulty);
        } else {
            unforced.decrementAndGet();
            share.origin().on(share, Verdict.LOW_DIFFICULTY, difficulty);
        }
    }

    private void append(List<Candidate> proven, List<Double> difficulties) {
        Answer answer = new Answer(proven, difficulties);
        try {
            log.append(proven.stream().map(Candidate::logged).toList(), answer);
        } catch (RuntimeException e) {
            LOG.error("the share log took no shares", e);
            answer.failed(e);
        }
    }

    /** Brings the writer's word back to the loop. */
    private final class Answer implements ShareLog.ForceCallback {
        private final List<Candidate> shares;
        private final List<Double> difficulties;

        Answer(List<Candidate> shares, List<Double> difficulties) {
            this.shares = shares;
            this.difficulties = difficulties;
        }

        @Override
        public void forced() {
            handBack(Verdict.STORED);
        }

        @Override
        public void failed(Exception cause) {
            handBack(Verdict.NOT_STORED);
        }

        private void handBack(Verdict verdict) {
            try {
                loop.execute(() -> tell(verdict));
            } catch (RejectedExecutionException e) {
                // The loop is gone, and all its connections with it: nobody is left to answer.
                unforced.addAndGet(-shares.size());
            }
        }

        private void tell(Verdict verdict) {
            for (int i = 0; i < shares.size(); i++) {
                unforced.decrementAndGet();
                Candidate share = shares.get(i);
                share.origin().on(share, verdict, difficulties.get(i));
            }
        }
    }
}
