package org.motepool.validator.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.work.PowShift;
import org.motepool.validator.audit.Declarations.DeclaredJob;

/** Proves the shares of one chunk, those of a job together. Used once, on one thread. */
final class ChunkProver {
    private final PowShift powShift;
    private final Findings findings = new Findings();
    private final LevelCounts counts = new LevelCounts();
    private final ShareFields share = new ShareFields();
    private final Map<DeclaredJob, JobBatch> batches = new HashMap<>();
    private long[] fingerprints = new long[Chunk.BYTES_AIM / 64];
    private int shares;
    private final KnownAccounts accounts = new KnownAccounts();
    private @Nullable Declarations lastSegment;
    private @Nullable DeclaredJob lastJob;
    private @Nullable JobBatch lastBatch;

    ChunkProver(PowShift powShift) {
        this.powShift = powShift;
    }

    void prove(Chunk chunk) {
        for (Chunk.Piece piece : chunk.pieces()) {
            prove(piece);
        }
        batches.values().forEach(JobBatch::flush);
    }

    private void prove(Chunk.Piece piece) {
        byte[] bytes = piece.group().bytes();
        RecordCursor cursor = new RecordCursor(bytes, piece.group().recordsAt(), piece.end());
        try {
            while (cursor.next()) {
                if (cursor.isShare()) {
                    prove(piece.segment(), bytes, cursor, piece.group().offset() + cursor.start());
                }
            }
        } catch (MalformedBytesException e) {
            throw new IllegalStateException("the reader told these records apart a moment ago", e);
        }
    }

    private void prove(Declarations segment, byte[] bytes, RecordCursor cursor, long offset) {
        try {
            share.read(bytes, cursor);
        } catch (MalformedBytesException e) {
            findings.add(segment.file(), offset, () -> "the share is malformed: " + e.getMessage());
            return;
        }
        remember(share.fingerprint());
        counts.add(share.level());
        DeclaredJob job = jobOf(segment, offset);
        if (job == null) {
            int number = share.jobNumber();
            findings.add(segment.file(), offset, () -> "job " + number + " is not declared before it in its segment");
            return;
        }
        Optional<String> fault = JobRules.fault(share, job.job());
        if (fault.isPresent()) {
            findings.add(segment.file(), offset, fault::get);
        } else if (!accounts.has(segment, share, offset)) {
            String account = share.account().toHex();
            findings.add(
                    segment.file(), offset, () -> "account " + account + " is not declared before it in its segment");
        } else {
            batchOf(job, segment).add(share, offset);
        }
    }

    private @Nullable DeclaredJob jobOf(Declarations segment, long offset) {
        DeclaredJob job = lastJob;
        // Offsets ascend: what was declared before the last share is declared before this one.
        return job != null && segment.equals(lastSegment) && job.job().number() == share.jobNumber()
                ? job
                : segment.job(share.jobNumber(), offset);
    }

    private void remember(long fingerprint) {
        if (shares == fingerprints.length) {
            fingerprints = Arrays.copyOf(fingerprints, shares * 2);
        }
        fingerprints[shares++] = fingerprint;
    }

    private JobBatch batchOf(DeclaredJob job, Declarations segment) {
        JobBatch batch = lastBatch;
        if (batch == null || !job.equals(lastJob)) {
            batch = batches.computeIfAbsent(job, fresh -> new JobBatch(fresh, segment.file(), powShift, findings));
            lastBatch = batch;
            lastSegment = segment;
            lastJob = job;
        }
        return batch;
    }

    Findings findings() {
        return findings;
    }

    LevelCounts counts() {
        return counts;
    }

    /** Fingerprints of all shares, valid up to {@link #shares()}. */
    long[] fingerprints() {
        return fingerprints;
    }

    int shares() {
        return shares;
    }
}
