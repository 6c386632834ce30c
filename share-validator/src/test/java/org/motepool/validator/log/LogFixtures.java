package org.motepool.validator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

/** Made-up jobs, shares and blocks, and ways to wait for the log and to read it back. */
public final class LogFixtures {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** So long that no test sees a CUT but those that it asks for. */
    private static final Duration NO_CUTS = Duration.ofDays(1);

    private LogFixtures() {}

    /** Small segments, no CUT but the last. */
    public static ShareLogSettings settings(Path directory) {
        return ShareLogSettings.of(directory, "devnet", PowShift.NONE)
                .withSegmentBytes(16 << 10)
                .withCutInterval(NO_CUTS);
    }

    public static Job job(int number) {
        return new Job(
                number,
                100,
                Hash256.ZERO,
                Bytes.ofHex("01".repeat(40)),
                Bytes.ofHex("02".repeat(50)),
                8,
                List.of(Hash256.ofInternal(Bytes.ofHex("03".repeat(32)))),
                0x20000000,
                number % 2 == 0 ? Nbits.ofHex("1d00ffff") : Nbits.ofHex("1c2ac4af"),
                1_700_000_000,
                Scheme.PPLNS);
    }

    /** The made-up address number {@code account}. */
    public static String address(int account) {
        return "mote1qaccount%d".formatted(account);
    }

    /** A share that {@code nonce} tells from all others. */
    public static ShareLog.LoggedShare share(int jobNumber, int account, int nonce) {
        String address = address(account);
        return new ShareLog.LoggedShare(
                new LogRecord.Share(
                        jobNumber,
                        new ByteWriter(8).i32(account).i32(nonce).toBytes(),
                        1_700_000_000,
                        nonce,
                        0x20000000,
                        new Level(16 + account % 4),
                        Scheme.PPLNS,
                        AccountId.ofCanonicalAddress(address),
                        "device" + account),
                job(jobNumber),
                address);
    }

    public static LogRecord.BlockFound block(int jobNumber) {
        Job job = job(jobNumber);
        return new LogRecord.BlockFound(
                new BlockHeader(job.version(), job.prevHash(), Hash256.ZERO, job.ntime(), job.nbits(), 7),
                job.coinbase(Bytes.ofHex("04".repeat(8))),
                jobNumber,
                job.height(),
                Scheme.PPLNS,
                100,
                address(1),
                "finder");
    }

    /** A callback that can be waited for. */
    public static final class Outcome implements ShareLog.ForceCallback {
        private final CompletableFuture<Optional<Exception>> result = new CompletableFuture<>();
        private volatile boolean twice;

        @Override
        public void forced() {
            twice |= !result.complete(Optional.empty());
        }

        @Override
        public void failed(Exception cause) {
            twice |= !result.complete(Optional.of(cause));
        }

        /** Empty when forced. */
        public Optional<Exception> await() throws Exception {
            Optional<Exception> failure = result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (twice) {
                throw new AssertionError("called back twice");
            }
            return failure;
        }

        public boolean isForced() {
            return result.isDone() && result.join().isEmpty();
        }
    }

    /** Appends and waits; empty when forced. */
    public static Optional<Exception> append(ShareLog log, ShareLog.LoggedShare... shares) throws Exception {
        Outcome outcome = new Outcome();
        log.append(List.of(shares), outcome);
        return outcome.await();
    }

    /** All valid groups of a log that nobody writes. */
    public static List<LogGroup> groups(Path directory) throws IOException {
        List<LogGroup> groups = new ArrayList<>();
        try (ShareLogReader reader = ShareLogReader.open(directory, LogFiles.DISK)) {
            for (Optional<LogGroup> next = reader.next(); next.isPresent(); next = reader.next()) {
                groups.add(next.get());
            }
        }
        return groups;
    }

    /** Nonces of all shares of a log in order. */
    public static List<Integer> nonces(Path directory) throws IOException {
        return groups(directory).stream()
                .flatMap(group -> group.records().stream())
                .filter(LogRecord.Share.class::isInstance)
                .map(record -> ((LogRecord.Share) record).nonce())
                .toList();
    }

    /** Entries of a log from a boundary up to {@code end}. */
    public static List<WorkEntry> entries(Path directory, long from, long end) throws IOException {
        try (LogEntries entries = LogEntries.open(directory, 0, from, () -> end)) {
            return rest(entries);
        }
    }

    /** What is complete now. */
    public static List<WorkEntry> rest(LogEntries entries) throws IOException {
        List<WorkEntry> all = new ArrayList<>();
        for (Optional<WorkEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
            all.add(next.get());
        }
        return all;
    }
}
