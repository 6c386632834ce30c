package org.motepool.validator.audit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.log.CorruptLogException;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLogReader;

/**
 * Re-proves whole share logs, of any chain and living or dead, on several threads; nothing is written, and no lock
 * taken. What it finds does not depend on the number of threads. Runs on the caller's thread; not thread-safe.
 */
public final class ShareAudit implements AutoCloseable {
    static final LogFiles FILES = new ReadOnlyLogFiles();
    /** With a short worker name: guesses how many shares a log has. */
    private static final int SHARE_BYTES_USUAL = 50;

    private final Function<ProofOfWork, ShareHasher> hashers;
    private final PoolClock clock;
    private final AuditProgress progress;
    private final Provers provers;

    /**
     * @param hashers gives the hasher for a log's proof of work
     * @param threads that prove, beside the caller's that reads
     */
    public ShareAudit(
            Function<ProofOfWork, ShareHasher> hashers, int threads, PoolClock clock, AuditProgress progress) {
        this.hashers = hashers;
        this.clock = clock;
        this.progress = progress;
        provers = new Provers(threads);
    }

    /**
     * Audits logs one after the other, each up to its valid end. A directory without a segment is an empty log.
     *
     * @throws IOException when a file cannot be read; a log that is wrong is no exception but a bad record
     */
    public AuditReport run(List<Path> logDirectories) throws IOException, InterruptedException {
        long start = clock.nanos();
        List<Long> sizes = new ArrayList<>();
        long total = 0;
        for (Path directory : logDirectories) {
            long bytes = segmentBytes(directory);
            sizes.add(bytes);
            total += bytes;
        }
        List<AuditReport.LogReport> reports = new ArrayList<>();
        Reported reported = new Reported(total);
        for (int i = 0; i < logDirectories.size(); i++) {
            AuditReport.LogReport report = sizes.get(i) == 0
                    ? empty(logDirectories.get(i), 0)
                    : audit(logDirectories.get(i), sizes.get(i), reported);
            reports.add(report);
            reported.done(sizes.get(i), report.shares());
        }
        return new AuditReport(reports, Math.max(1, clock.nanos() - start));
    }

    private AuditReport.LogReport audit(Path directory, long bytes, Reported reported)
            throws IOException, InterruptedException {
        Duplicates duplicates = new Duplicates(directory);
        duplicates.expect(bytes / SHARE_BYTES_USUAL);
        try (ShareLogReader reader = ShareLogReader.open(directory, FILES)) {
            LogAudit log = new LogAudit(
                    directory, hashers.apply(reader.proofOfWork()), reader.powShift(), provers, duplicates);
            long first = reader.offset();
            return log.run(reader, offset -> reported.at(offset - first, log.sharesProven()));
        } catch (CorruptLogException e) {
            // Its very headers are wrong: nothing of it can be read.
            return new AuditReport.LogReport(
                    directory, e.offset(), 0, 0, BigInteger.ZERO, 1, Optional.of(BadRecord.of(e)));
        }
    }

    private static AuditReport.LogReport empty(Path directory, long end) {
        return new AuditReport.LogReport(directory, end, 0, 0, BigInteger.ZERO, 0, Optional.empty());
    }

    /** Size of a log's segments, preallocated room included; 0 where there is none. */
    public static long segmentBytes(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : FILES.list(directory)) {
            if (file.getFileName().toString().endsWith(".log")) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** How far the whole audit is. */
    private final class Reported {
        private final long total;
        private long doneBytes;
        private long doneShares;

        Reported(long total) {
            this.total = total;
        }

        void at(long bytes, long shares) {
            progress.at(Math.min(total, doneBytes + bytes), total, doneShares + shares);
        }

        void done(long bytes, long shares) {
            doneBytes += bytes;
            doneShares += shares;
            at(0, 0);
        }
    }

    @Override
    public void close() {
        provers.close();
    }
}
