package org.motepool.validator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.validator.audit.AuditFixtures.append;
import static org.motepool.validator.audit.AuditFixtures.audit;
import static org.motepool.validator.audit.AuditFixtures.block;
import static org.motepool.validator.audit.AuditFixtures.job;
import static org.motepool.validator.audit.AuditFixtures.open;
import static org.motepool.validator.audit.AuditFixtures.replace;
import static org.motepool.validator.audit.AuditFixtures.share;
import static org.motepool.validator.audit.AuditFixtures.sound;
import static org.motepool.validator.audit.AuditFixtures.write;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.work.Level;
import org.motepool.validator.log.LogFixtures;
import org.motepool.validator.log.LogGroup;
import org.motepool.validator.log.ShareLogWriter;

class ShareAuditTest {
    private static final int SHARES = 3000;
    private static final int VICTIM = 1234;

    @TempDir
    Path shares;

    /** The only bad record, found by one thread and by two alike. */
    private static BadRecord theBadRecord(Path log) throws Exception {
        AuditReport one = audit(1, log);
        AuditReport two = audit(2, log);
        assertThat(one.logs()).isEqualTo(two.logs());
        assertThat(one.bad()).isEqualTo(1);
        BadRecord bad = one.firstBad().orElseThrow();
        assertThat(Path.of(bad.file())).hasParent(log).isRegularFile();
        return bad;
    }

    private void assertFound(LogRecord.Share forged, String reason) throws Exception {
        Path log = write(shares, SHARES, AuditFixtures::sound);
        long offset = replace(log, sound(VICTIM), forged);
        BadRecord bad = theBadRecord(log);
        assertThat(bad.offset()).isEqualTo(offset);
        assertThat(bad.reason()).contains(reason);
    }

    private static LogRecord.Share with(int job, Bytes extranonces, int ntime, int version, Level level) {
        LogRecord.Share sound = sound(VICTIM);
        return new LogRecord.Share(
                job,
                extranonces,
                ntime,
                sound.nonce(),
                version,
                level,
                sound.scheme(),
                sound.account(),
                sound.worker());
    }

    private static List<LogRecord> records(Path log) throws IOException {
        return LogFixtures.groups(log).stream()
                .flatMap(group -> group.records().stream())
                .toList();
    }

    @Test
    void aSoundLogOfManySegmentsIsClean() throws Exception {
        Path log = write(shares, SHARES, AuditFixtures::sound);
        AuditReport report = audit(2, log);
        assertThat(report.bad()).isZero();
        assertThat(report.firstBad()).isEmpty();
        assertThat(report.shares()).isEqualTo(SHARES);
        assertThat(report.workUnits()).isEqualTo(BigInteger.valueOf(SHARES));
        assertThat(report.records()).isEqualTo(records(log).size());
        assertThat(report.sharesPerSecond()).isPositive();
        assertThat(report.logs().getFirst().end())
                .isEqualTo(LogFixtures.groups(log).getLast().end());
        try (Stream<Path> files = Files.list(log)) {
            assertThat(files).hasSizeGreaterThan(3);
        }
    }

    @Test
    void aChangedNonceIsFoundWhereTheLevelIsReal() throws Exception {
        assertThat(audit(1, realLog(false)).bad()).isZero();
        BadRecord bad = theBadRecord(realLog(true));
        assertThat(bad.reason()).contains("is not of level 24");
    }

    /** Shares of level 24 after the pow-shift, which takes 256 hashes each; one has another nonce, or none. */
    private Path realLog(boolean forged) throws Exception {
        List<LogRecord.Share> mined = new ArrayList<>();
        for (int nonce = 0; mined.size() < 20; nonce++) {
            LogRecord.Share share = ofLevel24(nonce);
            if (reaches(share)) {
                mined.add(share);
            }
        }
        LogRecord.Share victim = mined.get(7);
        int wrong = victim.nonce() + 1;
        while (reaches(ofLevel24(wrong))) {
            wrong++;
        }
        Path log = write(shares, mined.size(), 0, 64 << 10, i -> withAccountOf(mined.get(i), i));
        if (forged) {
            replace(log, withAccountOf(victim, 7), withAccountOf(ofLevel24(wrong), 7));
        }
        return log;
    }

    private static LogRecord.Share ofLevel24(int nonce) {
        return new LogRecord.Share(
                1,
                Bytes.ofHex("00".repeat(8)),
                1_700_000_000,
                nonce,
                0x20000000,
                new Level(24),
                Scheme.PPLNS,
                AuditFixtures.account(0),
                "device");
    }

    private static LogRecord.Share withAccountOf(LogRecord.Share share, int index) {
        return new LogRecord.Share(
                share.jobNumber(),
                share.extranonces(),
                share.ntime(),
                share.nonce(),
                share.version(),
                share.level(),
                share.scheme(),
                AuditFixtures.account(index),
                share.worker());
    }

    /** Proven by whole objects, not by the hasher that the audit uses. */
    private static boolean reaches(LogRecord.Share share) {
        LogRecord.BlockFound block = block(job(1, 0), 0);
        Bytes coinbase = job(1, 0).coinbase(share.extranonces());
        BlockHeader header = new BlockHeader(
                share.version(),
                block.header().prevHash(),
                Sha256.twice(coinbase),
                share.ntime(),
                block.header().nbits(),
                share.nonce());
        BigInteger shifted = header.hash().toNumber().mod(BigInteger.ONE.shiftLeft(256 - 16));
        return shifted.bitLength() <= 256 - share.level().value();
    }

    @Test
    void aRaisedLevelIsFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        assertFound(
                with(sound.jobNumber(), sound.extranonces(), sound.ntime(), sound.version(), new Level(40)),
                "is not of level 40");
    }

    @Test
    void anNtimeOutOfItsJobsWindowIsFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        assertFound(
                with(sound.jobNumber(), sound.extranonces(), 1_700_007_001, sound.version(), sound.level()),
                "ntime 1700007001 is out of its job's window");
        assertFound(
                with(sound.jobNumber(), sound.extranonces(), 1_699_999_999, sound.version(), sound.level()), "ntime");
    }

    @Test
    void aVersionBitOutsideOfTheMaskIsFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        assertFound(
                with(sound.jobNumber(), sound.extranonces(), sound.ntime(), sound.version() ^ 1, sound.level()),
                "outside of the mask 1fffe000");
    }

    @Test
    void anotherSchemeThanTheJobsIsFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        assertFound(
                new LogRecord.Share(
                        sound.jobNumber(),
                        sound.extranonces(),
                        sound.ntime(),
                        sound.nonce(),
                        sound.version(),
                        sound.level(),
                        Scheme.SOLO,
                        sound.account(),
                        sound.worker()),
                "scheme");
    }

    @Test
    void anUndeclaredAccountIsFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        assertFound(
                new LogRecord.Share(
                        sound.jobNumber(),
                        sound.extranonces(),
                        sound.ntime(),
                        sound.nonce(),
                        sound.version(),
                        sound.level(),
                        sound.scheme(),
                        AccountId.ofCanonicalAddress("nobody"),
                        sound.worker()),
                "is not declared before it");
    }

    @Test
    void anUndeclaredJobIsFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        assertFound(
                with(77, sound.extranonces(), sound.ntime(), sound.version(), sound.level()),
                "job 77 is not declared before it");
    }

    @Test
    void extranoncesOfAForeignLengthAreFound() throws Exception {
        LogRecord.Share sound = sound(VICTIM);
        Path log = write(
                shares,
                SHARES,
                i -> i == VICTIM
                        ? with(
                                sound.jobNumber(),
                                Bytes.ofHex("00112233445566"),
                                sound.ntime(),
                                sound.version(),
                                sound.level())
                        : sound(i));
        assertThat(theBadRecord(log).reason()).contains("extranonces have 7 bytes, its job's have 8");
    }

    @Test
    void aWrongChecksumIsFound() throws Exception {
        Path log = write(shares, SHARES, AuditFixtures::sound);
        LogGroup group = LogFixtures.groups(log).get(1);
        Path first = log.resolve("segment-000001.log");
        byte[] bytes = Files.readAllBytes(first);
        bytes[(int) (128 + group.offset() + 40)] ^= 1;
        Files.write(first, bytes);
        BadRecord bad = theBadRecord(log);
        assertThat(bad.file()).isEqualTo(first.toString());
        assertThat(bad.offset()).isEqualTo(group.offset());
        assertThat(bad.reason()).contains("checksum");
    }

    @Test
    void aWrongSegmentHeaderIsFound() throws Exception {
        Path log = write(shares, SHARES, AuditFixtures::sound);
        Path first = log.resolve("segment-000002.log");
        byte[] bytes = Files.readAllBytes(first);
        bytes[50] ^= 1;
        Files.write(first, bytes);
        assertThat(theBadRecord(log).reason()).contains("checksum of the segment's header");
    }

    @Test
    void oneForgedRecordAmongAHundredThousandIsFound() throws Exception {
        assertOneIsFoundAmong(100_000);
    }

    @Test
    @Tag("soak")
    void oneForgedRecordInAMillionIsFound() throws Exception {
        assertOneIsFoundAmong(1_000_000);
    }

    private void assertOneIsFoundAmong(int count) throws Exception {
        Path log = write(shares, count, 0, 4 << 20, AuditFixtures::sound);
        assertThat(audit(2, log).bad()).isZero();
        LogRecord.Share sound = sound(count / 9 * 7);
        long offset = replace(
                log,
                sound,
                new LogRecord.Share(
                        sound.jobNumber(),
                        sound.extranonces(),
                        sound.ntime(),
                        sound.nonce(),
                        sound.version(),
                        new Level(48),
                        sound.scheme(),
                        sound.account(),
                        sound.worker()));
        assertThat(theBadRecord(log).offset()).isEqualTo(offset);
    }

    @Test
    void theFirstOfSeveralBadRecordsIsTheOneWithTheLowestOffset() throws Exception {
        Path clean = write(shares, 10, AuditFixtures::sound);
        Path log = write(shares, SHARES, AuditFixtures::sound);
        long late = replace(log, sound(2500), share(99, 2500));
        long early = replace(log, sound(100), share(99, 100));
        assertThat(early).isLessThan(late);
        AuditReport report = audit(2, clean, log);
        assertThat(report.bad()).isEqualTo(2);
        assertThat(report.firstBad().map(BadRecord::offset)).isEqualTo(Optional.of(early));
    }

    @Test
    void aBlockIsProvenByItsJob() throws Exception {
        LogRecord.BlockFound sound = block(job(1, 2), 5);
        LogRecord.BlockFound other = block(job(1, 2), 6);
        assertThat(audit(1, logWith(sound)).bad()).isZero();
        LogRecord.BlockFound foreign = new LogRecord.BlockFound(
                other.header(),
                sound.coinbase(),
                sound.jobNumber(),
                sound.height(),
                sound.scheme(),
                100,
                sound.finder(),
                sound.worker());
        assertThat(theBadRecord(logWith(foreign)).reason()).contains("merkle root");
        LogRecord.BlockFound higher = new LogRecord.BlockFound(
                sound.header(),
                sound.coinbase(),
                sound.jobNumber(),
                sound.height() + 1,
                sound.scheme(),
                100,
                sound.finder(),
                sound.worker());
        assertThat(theBadRecord(logWith(higher)).reason()).contains("height");
    }

    private Path logWith(LogRecord.BlockFound block) throws Exception {
        ShareLogWriter log = open(shares, 64 << 10);
        append(log, 10, 2, AuditFixtures::sound);
        LogFixtures.Outcome outcome = new LogFixtures.Outcome();
        log.appendBlock(block, job(block.jobNumber(), 2), outcome);
        assertThat(outcome.await()).isEmpty();
        log.close();
        return log.directory();
    }

    @Test
    void aLivingLogIsAuditedWhileItGrows() throws Exception {
        try (ShareLogWriter log = open(shares, 1 << 20);
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            append(log, 200, 2, AuditFixtures::sound);
            Future<?> growing = writer.submit(() -> {
                for (int i = 200; i < 6000; i += 10) {
                    int from = i;
                    append(log, 10, 2, share -> sound(from + share));
                }
                return null;
            });
            int audits = 0;
            while (!growing.isDone() || audits == 0) {
                long forced = log.forcedOffset();
                AuditReport.LogReport report = audit(2, log.directory()).logs().getFirst();
                assertThat(report.firstBad()).isEmpty();
                assertThat(report.end()).isGreaterThanOrEqualTo(forced);
                audits++;
            }
            growing.get(20, TimeUnit.SECONDS);
            assertThat(audit(1, log.directory()).shares()).isEqualTo(6000);
        }
    }

    @Test
    void aDirectoryWithoutASegmentIsAnEmptyLog() throws Exception {
        Path empty = Files.createDirectory(shares.resolve("0".repeat(32)));
        AuditReport report = audit(1, empty);
        assertThat(report.records()).isZero();
        assertThat(report.bad()).isZero();
    }
}
