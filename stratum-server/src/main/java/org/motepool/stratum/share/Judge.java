package org.motepool.stratum.share;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.DifficultyScale;
import org.motepool.core.work.PowShift;
import org.motepool.stratum.job.LiveJob;
import org.motepool.stratum.stats.StratumMetrics;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;
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
    /** Turns whose shares are with the log, of which objects are kept to be used again; more are made and left. */
    private static final int SPARE_TURNS_MAX = 16;
    /** One that had more shares than this is not kept. */
    private static final int SPARE_SHARES_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    private final EventExecutor loop;
    private final PowShift shift;
    private final DifficultyScale scale;
    private final ShareLog log;
    private final BlockSink blocks;
    private final StratumMetrics metrics;
    private final ShareBatch batch = new ShareBatch(EXTRANONCE_BYTES, BATCH_CAPACITY);
    private final AtomicInteger unforced = new AtomicInteger();
    private final Runnable judging = this::judge;
    /** This turn's, in the order they came. */
    private List<Candidate> gathered = new ArrayList<>();
    /** The list of the turn before, to be used again; none while that is judged. */
    private @Nullable List<Candidate> spare;
    /** Of turns that are over. */
    private final Deque<Proven> spareProven = new ArrayDeque<>();
    /** Whether those gathered are of more than one job. */
    private boolean isMixed;

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
            isMixed = false;
            loop.execute(judging);
        } else {
            isMixed |= !share.job().equals(gathered.getFirst().job());
        }
        gathered.add(share);
    }

    /** Shares that have no final verdict yet; any thread. */
    public int unforced() {
        return unforced.get();
    }

    private void judge() {
        List<Candidate> turn = gathered;
        gathered = spare == null ? new ArrayList<>() : spare;
        spare = null;
        Proven proven = spareProven.isEmpty() ? new Proven() : spareProven.removeLast();
        try {
            if (isMixed) {
                Map<LiveJob, List<Candidate>> byJob = new LinkedHashMap<>();
                turn.forEach(share -> byJob.computeIfAbsent(share.job(), _ -> new ArrayList<>())
                        .add(share));
                byJob.forEach((job, shares) -> judge(job, shares, proven));
            } else {
                judge(turn.getFirst().job(), turn, proven);
            }
        } finally {
            turn.clear();
            spare = turn;
        }
        proven.settle();
    }

    private void judge(LiveJob job, List<Candidate> shares, Proven proven) {
        if (hash(job, shares)) {
            for (int i = 0; i < shares.size(); i++) {
                verdict(shares.get(i), i * Hash256.BYTES, proven);
            }
        }
    }

    private boolean hash(LiveJob job, List<Candidate> shares) {
        batch.clear();
        for (Candidate share : shares) {
            var _ = batch.add(share.extranonce1(), share.extranonce2(), share.ntime(), share.nonce(), share.version());
        }
        ShareHasher.PreparedJob prepared = job.prepared();
        String path = prepared.path(batch.size());
        long start = System.nanoTime();
        try {
            prepared.hash(batch);
        } catch (RuntimeException e) {
            LOG.error("shares of job {} could not be hashed", job.job().number(), e);
            unforced.addAndGet(-shares.size());
            shares.forEach(share -> share.on(Verdict.NOT_STORED, 0));
            return false;
        }
        metrics.validated(path, (System.nanoTime() - start) / 1e9, shares.size());
        return true;
    }

    private void verdict(Candidate share, int offset, Proven proven) {
        byte[] hashes = batch.hashes();
        double difficulty = scale.reached(hashes, offset, shift);
        if (share.job().networkTarget().accepts(hashes, offset, shift)) {
            proven.found(blocks.found(share));
        }
        if (share.level().target().accepts(hashes, offset, shift)) {
            proven.add(share);
            share.on(Verdict.PROVEN, difficulty);
        } else {
            unforced.decrementAndGet();
            share.on(Verdict.LOW_DIFFICULTY, difficulty);
        }
    }

    /**
     * The proven shares of one turn: they go to the log together, and the writer's word is brought back to the loop. Used
     * again once the writer has said that they are stored: it then has no more to say, nor looks at them.
     */
    private final class Proven implements ShareLog.ForceCallback, Runnable {
        private final List<Candidate> shares = new ArrayList<>();
        private List<Runnable> records = List.of();
        private Verdict word = Verdict.NOT_STORED;
        /** Whether the log can have no more to say once it has spoken. */
        private boolean isSure = true;

        void add(Candidate share) {
            shares.add(share);
        }

        void found(Runnable record) {
            if (records.isEmpty()) {
                records = new ArrayList<>();
            }
            records.add(record);
        }

        /** The turn is over. */
        void settle() {
            List<Runnable> found = records;
            records = List.of();
            if (shares.isEmpty()) {
                keep();
            } else {
                try {
                    log.append(shares, this);
                } catch (RuntimeException e) {
                    LOG.error("the share log took no shares", e);
                    isSure = false;
                    failed(e);
                }
            }
            // After the shares: the block then pays the one that found it, too.
            found.forEach(Runnable::run);
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
            word = verdict;
            try {
                loop.execute(this);
            } catch (RejectedExecutionException e) {
                // The loop is gone, and all its connections with it: nobody is left to answer.
                unforced.addAndGet(-shares.size());
            }
        }

        /** Tells each of them, on the loop. */
        @Override
        public void run() {
            for (Candidate share : shares) {
                unforced.decrementAndGet();
                share.on(word, 0);
            }
            if (isSure && word == Verdict.STORED) {
                keep();
            }
        }

        private void keep() {
            if (spareProven.size() < SPARE_TURNS_MAX && shares.size() <= SPARE_SHARES_MAX) {
                shares.clear();
                spareProven.addLast(this);
            }
        }
    }
}
