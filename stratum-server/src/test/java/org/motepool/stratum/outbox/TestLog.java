package org.motepool.stratum.outbox;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.FakeClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.validator.log.LogEntries;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLog;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;

/** A real share log in a directory of the test; its own clock moves a cut's time with each batch, so each is an entry. */
final class TestLog implements AutoCloseable {
    static final String CHAIN = "devnet";

    /** Small, for every segment is written and forced as a whole before its use; the test's logs span several. */
    private static final long SEGMENT_BYTES = 16 << 10;

    private static final Job JOB = new Job(
            7,
            100,
            Hash256.ZERO,
            Bytes.ofHex("0100"),
            Bytes.ofHex("00ff"),
            8,
            List.of(),
            0x20000000,
            new Nbits(0x207fffff),
            1_800_000_000,
            Scheme.PPLNS);

    private static final Duration CUT_INTERVAL = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock(1_800_000_000);
    private final ShareLogWriter writer;
    private int number;

    TestLog(Path sharesDirectory) throws IOException {
        this(sharesDirectory, CHAIN);
    }

    TestLog(Path sharesDirectory, String chain) throws IOException {
        writer = ShareLogWriter.open(
                ShareLogSettings.of(sharesDirectory, chain, PowShift.NONE)
                        .withSegmentBytes(SEGMENT_BYTES)
                        .withCutInterval(CUT_INTERVAL),
                LogFiles.DISK,
                new SecureRandom(),
                clock,
                new CollectorRegistry());
    }

    ShareLog log() {
        return writer;
    }

    Path directory() {
        return writer.directory();
    }

    LogShard source() {
        return new LogShard(writer.id(), 0);
    }

    SentLog live() {
        return SentLog.live(writer, writer.directory(), 0);
    }

    /** Appends batches of three shares, each forced before the next. */
    void shares(int batches) {
        for (int i = 0; i < batches; i++) {
            List<ShareLog.LoggedShare> batch = new ArrayList<>();
            for (int worker = 0; worker < 3; worker++) {
                String address = "address " + worker;
                batch.add(new ShareLog.LoggedShare(
                        new LogRecord.Share(
                                JOB.number(),
                                Bytes.ofHex("%016x".formatted(number++)),
                                JOB.ntime(),
                                number,
                                JOB.version(),
                                new Level(19),
                                Scheme.PPLNS,
                                AccountId.ofCanonicalAddress(address),
                                "worker " + worker),
                        JOB,
                        address));
            }
            clock.advance(CUT_INTERVAL);
            CompletableFuture<Boolean> forced = new CompletableFuture<>();
            writer.append(batch, new Callback(forced));
            await(forced);
        }
    }

    /** Appends blocks, each an entry of its own. */
    void blocks(int count) {
        List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<Boolean> forced = new CompletableFuture<>();
            BlockHeader header = new BlockHeader(1, Hash256.ZERO, Hash256.ZERO, JOB.ntime(), JOB.nbits(), number++);
            writer.appendBlock(
                    new LogRecord.BlockFound(
                            header, Bytes.ofHex("00"), JOB.number(), 100, Scheme.PPLNS, 100, "finder", "worker"),
                    JOB,
                    new Callback(forced));
            waiting.add(forced);
            if (waiting.size() == ShareLogWriter.PENDING_BLOCKS_MAX) {
                waiting.forEach(TestLog::await);
                waiting.clear();
            }
        }
        waiting.forEach(TestLog::await);
    }

    private static void await(CompletableFuture<Boolean> forced) {
        try {
            if (!forced.get(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the log refused it");
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All complete entries that its files hold now, from the first. */
    List<WorkEntry> entries() throws IOException {
        List<WorkEntry> all = new ArrayList<>();
        try (LogEntries entries = LogEntries.open(directory(), 0, 0, writer::forcedOffset)) {
            for (Optional<WorkEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    /** Ends the log as its process would: whole, and its lock free. */
    void end() {
        writer.close();
    }

    @Override
    public void close() {
        end();
    }

    private record Callback(CompletableFuture<Boolean> result) implements ShareLog.ForceCallback {
        @Override
        public void forced() {
            result.complete(true);
        }

        @Override
        public void failed(Exception cause) {
            result.complete(false);
        }
    }
}
