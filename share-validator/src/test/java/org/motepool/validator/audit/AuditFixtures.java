package org.motepool.validator.audit;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogRecordCodec;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.LogFixtures;
import org.motepool.validator.log.ShareLog;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;

/** Sound logs of the bench kind (pow-shift 16, every hash is level 16), and ways to forge them with right checksums. */
public final class AuditFixtures {
    private static final int NTIME = 1_700_000_000;
    private static final int SEGMENT_HEADER_BYTES = 128;
    private static final int GROUP_HEADER_BYTES = 24;
    private static final int BATCH = 200;
    /** Each batch waits for the disk. */
    private static final int BATCHES_MAX = 50;

    private AuditFixtures() {}

    /** A job with a merkle branch of so many hashes. */
    public static Job job(int number, int branches) {
        List<Hash256> branch = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            branch.add(Sha256.twice(new byte[] {(byte) i}));
        }
        return new Job(
                number,
                100,
                Hash256.ZERO,
                Bytes.ofHex("01".repeat(80)),
                Bytes.ofHex("02".repeat(90)),
                8,
                branch,
                0x20000000,
                Nbits.ofHex("207fffff"),
                NTIME,
                Scheme.PPLNS);
    }

    /** The share number {@code index} of a job: its own extranonces, ntime and rolled version. */
    public static LogRecord.Share share(int job, int index) {
        return new LogRecord.Share(
                job,
                new ByteWriter(8).i32(index).i32(index * 31).toBytes(),
                NTIME + index % 7001,
                index * 7,
                0x20000000 | (index % 0xffff) << 13,
                Level.MIN,
                Scheme.PPLNS,
                account(index),
                index % 5 == 0 ? "größer" : "device");
    }

    public static AccountId account(int index) {
        return AccountId.ofCanonicalAddress(LogFixtures.address(index % 3));
    }

    public static ShareLog.LoggedShare logged(LogRecord.Share share, int branches) {
        int owner = 0;
        while (!account(owner).equals(share.account())) {
            owner++;
        }
        return new ShareLog.LoggedShare(share, job(share.jobNumber(), branches), LogFixtures.address(owner));
    }

    public static ShareLogWriter open(Path shares, long segmentBytes) throws IOException {
        return ShareLogWriter.open(
                ShareLogSettings.of(shares, "bench", new PowShift(16))
                        .withSegmentBytes(segmentBytes)
                        .withCutInterval(Duration.ofMillis(1)),
                LogFiles.DISK,
                new SecureRandom(),
                PoolClock.SYSTEM,
                new CollectorRegistry());
    }

    /** Writes shares over 4 jobs, batch by batch, each of them {@code made} from its index. */
    public static Path write(Path shares, int count, int branches, long segmentBytes, IntFunction<LogRecord.Share> made)
            throws Exception {
        ShareLogWriter log = open(shares, segmentBytes);
        append(log, count, branches, made);
        log.close();
        return log.directory();
    }

    public static void append(ShareLogWriter log, int count, int branches, IntFunction<LogRecord.Share> made)
            throws Exception {
        int size = Math.max(BATCH, count / BATCHES_MAX);
        List<ShareLog.LoggedShare> batch = new ArrayList<>(size);
        for (int i = 0; i < count; i++) {
            batch.add(logged(made.apply(i), branches));
            if (batch.size() == size || i == count - 1) {
                if (LogFixtures.append(log, batch.toArray(ShareLog.LoggedShare[]::new))
                        .isPresent()) {
                    throw new AssertionError("a batch was not forced");
                }
                batch.clear();
            }
        }
    }

    public static Path write(Path shares, int count, IntFunction<LogRecord.Share> made) throws Exception {
        return write(shares, count, 2, 64 << 10, made);
    }

    public static LogRecord.Share sound(int index) {
        return share(1 + index % 4, index);
    }

    /** A block that the easy network target of the jobs lets pass. */
    public static LogRecord.BlockFound block(Job job, int index) {
        LogRecord.Share share = share(job.number(), index);
        Bytes coinbase = job.coinbase(share.extranonces());
        BlockHeader header = new BlockHeader(
                share.version(),
                job.prevHash(),
                MerkleTree.foldBranch(Sha256.twice(coinbase), job.branch()),
                share.ntime(),
                job.nbits(),
                share.nonce());
        return new LogRecord.BlockFound(
                header, coinbase, job.number(), job.height(), job.scheme(), 100, LogFixtures.address(1), "finder");
    }

    /** Replaces a record's bytes by others of the same length, and puts its group's checksum right; its log offset. */
    public static long replace(Path directory, LogRecord old, LogRecord fresh) throws IOException {
        byte[] from = LogRecordCodec.toBytes(old).toArray();
        byte[] to = LogRecordCodec.toBytes(fresh).toArray();
        if (from.length != to.length) {
            throw new AssertionError("the lengths differ");
        }
        for (Path file : LogFiles.DISK.list(directory)) {
            byte[] bytes = Files.readAllBytes(file);
            int at = indexOf(bytes, from);
            if (at >= 0) {
                System.arraycopy(to, 0, bytes, at, to.length);
                putChecksumRight(bytes, at);
                Files.write(file, bytes);
                return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(32) + at - SEGMENT_HEADER_BYTES;
            }
        }
        throw new AssertionError("no such record");
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = SEGMENT_HEADER_BYTES; at + wanted.length <= bytes.length; at++) {
            int i = 0;
            while (i < wanted.length && bytes[at + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static void putChecksumRight(byte[] bytes, int inside) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int group = SEGMENT_HEADER_BYTES;
        while (group + GROUP_HEADER_BYTES + buffer.getInt(group) <= inside) {
            group += GROUP_HEADER_BYTES + buffer.getInt(group);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, group, 4);
        crc.update(bytes, group + 8, GROUP_HEADER_BYTES - 8 + buffer.getInt(group));
        buffer.putInt(group + 4, (int) crc.getValue());
    }

    /** Audits with the scalar hasher. */
    public static AuditReport audit(int threads, Path... logs) throws Exception {
        try (ShareAudit audit =
                new ShareAudit(_ -> new ScalarShareHasher(), threads, PoolClock.SYSTEM, AuditProgress.NONE)) {
            return audit.run(List.of(logs));
        }
    }
}
