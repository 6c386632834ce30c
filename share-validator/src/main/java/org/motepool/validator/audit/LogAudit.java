package org.motepool.validator.audit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.work.PowShift;
import org.motepool.validator.audit.Declarations.DeclaredJob;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.log.CorruptLogException;
import org.motepool.validator.log.RawGroup;
import org.motepool.validator.log.ShareLogReader;

/**
 * Audits one log. This thread reads it in order, tells its records apart and judges all but the shares; those go to the
 * provers by chunks. Used once.
 */
final class LogAudit {
    /** Jobs whose declarations are compared over a whole log: 48 bytes each; a pool makes some thousands a day. */
    private static final int JOBS_MAX = 1 << 20;

    private final Path directory;
    private final ShareHasher hasher;
    private final PowShift powShift;
    private final Provers provers;
    private final Duplicates duplicates;
    private final Map<Integer, Bytes> jobDigests = new HashMap<>();
    /** Guarded by itself, with all that the provers add to. */
    private final Findings findings = new Findings();

    private final LevelCounts counts = new LevelCounts();

    private long records;
    private long end;
    private Chunk chunk = new Chunk();
    private @Nullable Declarations segment;

    LogAudit(Path directory, ShareHasher hasher, PowShift powShift, Provers provers, Duplicates duplicates) {
        this.directory = directory;
        this.hasher = hasher;
        this.powShift = powShift;
        this.provers = provers;
        this.duplicates = duplicates;
    }

    /** Reads to the log's valid end, and tells {@code offsets} now and then where it is. */
    AuditReport.LogReport run(ShareLogReader reader, LongConsumer offsets) throws IOException, InterruptedException {
        try {
            for (Optional<RawGroup> group = reader.nextRaw(); group.isPresent(); group = reader.nextRaw()) {
                take(group.get());
                if (chunk.isFull()) {
                    submit();
                    offsets.accept(reader.offset());
                }
            }
        } catch (CorruptLogException e) {
            synchronized (findings) {
                findings.add(e);
            }
        }
        end = reader.offset();
        submit();
        provers.await();
        return report();
    }

    private AuditReport.LogReport report() throws IOException {
        synchronized (findings) {
            duplicates.find(end, findings);
            BigInteger work = counts.workUnits();
            return new AuditReport.LogReport(
                    directory, end, records, counts.shares(), work, findings.count(), findings.first());
        }
    }

    long sharesProven() {
        synchronized (findings) {
            return counts.shares();
        }
    }

    private void submit() throws InterruptedException {
        if (!chunk.isEmpty()) {
            Chunk full = chunk;
            chunk = new Chunk();
            provers.submit(() -> prove(full));
        }
    }

    private void prove(Chunk full) {
        ChunkProver prover = new ChunkProver(powShift);
        prover.prove(full);
        synchronized (findings) {
            findings.add(prover.findings());
            counts.add(prover.counts());
            duplicates.add(prover.fingerprints(), prover.shares());
        }
    }

    private void take(RawGroup group) {
        Declarations present = segment;
        if (present == null || !present.file().equals(group.file())) {
            present = new Declarations(group.file());
            segment = present;
        }
        byte[] bytes = group.bytes();
        RecordCursor cursor = new RecordCursor(bytes, group.recordsAt(), bytes.length);
        int readable = group.recordsAt();
        boolean hasShares = false;
        try {
            while (cursor.next()) {
                readable = cursor.end();
                records++;
                if (cursor.isShare()) {
                    hasShares = true;
                } else {
                    judge(present, group, cursor);
                }
            }
        } catch (MalformedBytesException e) {
            records++;
            bad(present, group.offset() + readable, String.valueOf(e.getMessage()));
        }
        if (hasShares) {
            chunk.add(new Chunk.Piece(present, group, readable));
        }
    }

    private void judge(Declarations present, RawGroup group, RecordCursor cursor) {
        long offset = group.offset() + cursor.start();
        LogRecord record;
        try {
            record = cursor.read();
        } catch (MalformedBytesException e) {
            bad(present, offset, String.valueOf(e.getMessage()));
            return;
        }
        switch (record) {
            case LogRecord.JobDeclared declared -> declare(present, declared, offset);
            case LogRecord.AccountDeclared account -> present.declare(account, offset);
            case LogRecord.BlockFound block -> {
                if (!cursor.isLast() || cursor.start() != group.recordsAt()) {
                    bad(present, offset, "a BLOCK is not alone in its group");
                } else {
                    judge(present, block, offset);
                }
            }
            case LogRecord.Cut _ -> {
                if (!cursor.isLast()) {
                    bad(present, offset, "a CUT is not the last record of its group");
                }
            }
            case LogRecord.Share _ -> throw new IllegalStateException("a SHARE is for the provers");
        }
    }

    /** A job that changed between segments would make one share into two. */
    private void declare(Declarations present, LogRecord.JobDeclared declared, long offset) {
        int number = declared.job().number();
        if (jobDigests.size() == JOBS_MAX && !jobDigests.containsKey(number)) {
            throw new IllegalStateException(
                    "the log in " + directory + " declares over " + JOBS_MAX + " jobs: too many for an audit");
        }
        Bytes digest = Sha256.once(LogRecordCodec.toBytes(declared));
        Bytes before = jobDigests.putIfAbsent(number, digest);
        if (before != null && !before.equals(digest)) {
            bad(present, offset, "job " + number + " is declared once more, and differs");
        }
        present.declare(hasher.prepare(declared.job()), offset);
    }

    private void judge(Declarations present, LogRecord.BlockFound block, long offset) {
        DeclaredJob job = present.job(block.jobNumber(), offset);
        Optional<String> fault = job == null
                ? Optional.of("job " + block.jobNumber() + " is not declared before it in its segment")
                : JobRules.fault(block, job.prepared(), powShift);
        fault.ifPresent(reason -> bad(present, offset, reason));
    }

    private void bad(Declarations present, long offset, String reason) {
        synchronized (findings) {
            findings.add(present.file(), offset, () -> reason);
        }
    }
}
