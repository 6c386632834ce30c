package org.motepool.payout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogRange;
import org.motepool.payout.accountant.Fixtures;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.BlockMoved;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;

/** The journal's files: what a crash leaves, what damage does, who may have them. */
final class FileJournalTest {
    private static final Bytes ROOT = Bytes.copyOf(new byte[32]);

    private static final Bytes REQUEST = Bytes.copyOf(new byte[JournalRecord.REQUEST_BYTES]);
    private static final List<JournalRecord> RECORDS = records();

    @TempDir
    private Path directory;

    private final List<JournalRecord> read = new ArrayList<>();

    @Test
    void readsBackEveryKindOfRecord() throws JournalException {
        try (FileJournal journal = open()) {
            RECORDS.forEach(record -> append(journal, record));
            assertThat(journal.head().sequence()).isEqualTo(RECORDS.size());
        }
        try (FileJournal journal = open()) {
            assertThat(read).isEqualTo(RECORDS);
            assertThat(journal.head().sequence()).isEqualTo(RECORDS.size());
        }
    }

    @Test
    void findsTheWholeRecordsBeforeATailTornAtAnyByte() throws JournalException, IOException {
        byte[] whole = write(RECORDS);
        List<Long> ends = ends();
        for (int length = SegmentHeader.BYTES; length < whole.length; length++) {
            Files.write(segment(), Arrays.copyOf(whole, length));
            int cut = length;
            int left = (int) ends.stream().filter(end -> end <= cut).count();
            SegmentReader.End end = readSegment();
            assertThat(read).as("cut at %d", length).isEqualTo(RECORDS.subList(0, left));
            assertThat(end.whole()).isEqualTo(left == 0 ? SegmentHeader.BYTES : ends.get(left - 1));
        }
    }

    @Test
    void cutsATornTailAndGoesOnBehindIt() throws JournalException, IOException {
        byte[] whole = write(RECORDS);
        List<Long> ends = ends();
        for (int back = 1; back < whole.length - SegmentHeader.BYTES; back += 67) {
            int cut = whole.length - back;
            Files.write(segment(), Arrays.copyOf(whole, cut));
            int left = (int) ends.stream().filter(end -> end <= cut).count();
            try (FileJournal journal = open()) {
                append(journal, new AccountOpened(left, "next"));
            }
            read.clear();
            open().close();
            assertThat(read).as("cut at %d", cut).hasSize(left + 1);
        }
    }

    @Test
    void cutsATailThatACrashLeftAsZeros() throws JournalException, IOException {
        byte[] whole = write(RECORDS);
        List<Long> ends = ends();
        int last = ends.get(ends.size() - 2).intValue();
        for (int kept = last; kept < whole.length; kept++) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, kept), whole.length + 300);
            Files.write(segment(), torn);
            if (kept > last
                    && kept < last + JournalFrame.HEAD_BYTES
                    && whole[last + JournalFrame.HEAD_BYTES - 1] != 0) {
                // Half a head cannot be told from a damaged one: a person must look.
                assertThatThrownBy(this::readSegment).as("zeros from %d", kept).isInstanceOf(JournalException.class);
            } else {
                readSegment();
                assertThat(read).as("zeros from %d", kept).isEqualTo(RECORDS.subList(0, RECORDS.size() - 1));
            }
        }
    }

    @Test
    void findsOneFlippedBitAtItsRecord() throws JournalException, IOException {
        byte[] whole = write(RECORDS);
        List<Long> ends = ends();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int offset = 0; offset < whole.length; offset++) {
            byte[] damaged = whole.clone();
            damaged[offset] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment(), damaged);
            int at = offset;
            long record = 1 + ends.stream().filter(end -> end <= at).count();
            assertThatThrownBy(this::readSegment)
                    .as("offset %d, seed %d", offset, seed)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(segment().toString())
                    .hasMessageContaining(offset < SegmentHeader.BYTES ? "segment" : "record " + record + ":");
        }
    }

    @Test
    void findsARecordThatWasTakenOut() throws JournalException, IOException {
        byte[] whole = write(RECORDS);
        List<Long> ends = ends();
        byte[] without = new byte[whole.length - (int) (ends.get(1) - ends.get(0))];
        System.arraycopy(whole, 0, without, 0, ends.get(0).intValue());
        System.arraycopy(
                whole,
                ends.get(1).intValue(),
                without,
                ends.get(0).intValue(),
                whole.length - ends.get(1).intValue());
        Files.write(segment(), without);
        assertThatThrownBy(() -> open().close())
                .hasMessageContaining("record 2")
                .hasMessageContaining("removed");
    }

    @Test
    void refusesASecondAccountantAndNamesTheDirectory() throws JournalException {
        try (FileJournal journal = open()) {
            assertThat(journal.head().sequence()).isZero();
            assertThatThrownBy(() -> open().close())
                    .hasMessageContaining("another accountant")
                    .hasMessageContaining(directory.toString());
        }
        open().close();
    }

    @Test
    void refusesTheJournalOfAnotherChain() throws JournalException {
        open().close();
        assertThatThrownBy(() -> FileJournal.open(directory, Optional.empty(), "main", (at, record) -> {}))
                .hasMessageContaining("devnet")
                .hasMessageContaining("main");
    }

    @Test
    void goesOnInNewSegmentsAndKnowsEveryHash() throws JournalException {
        List<Bytes> hashes = new ArrayList<>();
        try (FileJournal journal = open(Optional.empty(), 400)) {
            hashes.add(journal.head().hash());
            for (int i = 0; i < 50; i++) {
                append(journal, new AccountOpened(i, "address" + i));
                hashes.add(journal.head().hash());
            }
        }
        assertThat(JournalDirectory.segments(directory).size()).isGreaterThan(5);
        try (FileJournal journal = open(Optional.empty(), 400)) {
            assertThat(read).hasSize(50);
            for (int i = 0; i <= 50; i++) {
                assertThat(journal.hashAt(i)).contains(hashes.get(i));
            }
            assertThat(journal.hashAt(51)).isEmpty();
        }
    }

    @Test
    void refusesAMissingSegment() throws JournalException, IOException {
        try (FileJournal journal = open(Optional.empty(), 400)) {
            for (int i = 0; i < 50; i++) {
                append(journal, new AccountOpened(i, "address" + i));
            }
        }
        Files.delete(JournalDirectory.segments(directory).get(2));
        assertThatThrownBy(() -> open().close()).hasMessageContaining("missing");
    }

    @Test
    void bringsALaggingMirrorUpAndRefusesOneThatDiffers(@TempDir Path mirror) throws JournalException, IOException {
        try (FileJournal journal = open(Optional.of(mirror), 400)) {
            for (int i = 0; i < 20; i++) {
                append(journal, new AccountOpened(i, "address" + i));
            }
        }
        assertSame(mirror);
        List<Path> twins = JournalDirectory.segments(mirror);
        byte[] last = Files.readAllBytes(twins.getLast());
        Files.write(twins.getLast(), Arrays.copyOf(last, last.length - 7));
        Files.delete(twins.get(1));
        open(Optional.of(mirror), 400).close();
        assertSame(mirror);
        last[last.length - 3] ^= 1;
        Files.write(twins.getLast(), last);
        assertThatThrownBy(() -> open(Optional.of(mirror), 400).close()).hasMessageContaining("differ");
        for (Path segment : JournalDirectory.segments(directory)) {
            Files.delete(segment);
        }
        assertThatThrownBy(() -> open(Optional.of(mirror), 400).close())
                .hasMessageContaining("copy the mirror's files");
    }

    @Test
    void planThatDoesNotAddUpIsNoRecord() {
        assertThatThrownBy(() -> new BlockPlan(
                        Money.ofSatoshis(10),
                        0,
                        Money.ZERO,
                        8,
                        0,
                        0,
                        BigInteger.ONE,
                        List.of(new PlannedCredit(0, BigInteger.ONE, Money.ofSatoshis(9))),
                        ROOT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertSame(Path mirror) throws JournalException, IOException {
        for (Path segment : JournalDirectory.segments(directory)) {
            assertThat(mirror.resolve(segment.getFileName())).hasSameBinaryContentAs(segment);
        }
        assertThat(JournalDirectory.segments(mirror)).hasSameSizeAs(JournalDirectory.segments(directory));
    }

    private FileJournal open() throws JournalException {
        return open(Optional.empty(), FileJournal.SEGMENT_BYTES_MAX);
    }

    private FileJournal open(Optional<Path> mirror, long segmentBytes) throws JournalException {
        return FileJournal.open(
                new FileJournal.Options(directory, mirror, "devnet", segmentBytes), (at, record) -> read.add(record));
    }

    /** Reads the one segment as opening does, and writes nothing. */
    private SegmentReader.End readSegment() throws JournalException {
        read.clear();
        SegmentHeader header = SegmentReader.header(segment());
        JournalHead before = new JournalHead(header.first() - 1, header.previous());
        return SegmentReader.read(segment(), before, true, (at, record) -> read.add(record));
    }

    private Path segment() throws JournalException {
        return JournalDirectory.segments(directory).getFirst();
    }

    private byte[] write(List<JournalRecord> records) throws JournalException, IOException {
        try (FileJournal journal = open()) {
            records.forEach(record -> append(journal, record));
        }
        read.clear();
        return Files.readAllBytes(segment());
    }

    /** File offset behind each record. */
    private static List<Long> ends() {
        List<Long> ends = new ArrayList<>();
        long offset = SegmentHeader.BYTES;
        for (JournalRecord record : RECORDS) {
            ByteWriter body = new ByteWriter();
            JournalRecordCodec.write(record, body);
            offset += JournalFrame.HEAD_BYTES + body.size() + JournalFrame.MARK_BYTES;
            ends.add(offset);
        }
        return ends;
    }

    private static void append(FileJournal journal, JournalRecord record) {
        try {
            journal.append(List.of(record));
        } catch (JournalException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JournalRecord> records() {
        Hash256 hash = Hash256.ofInternal(Bytes.copyOf(new byte[32]));
        BlockPlan plan = new BlockPlan(
                new Money(10, 5),
                100,
                new Money(1, 7),
                8,
                1,
                2,
                BigInteger.TWO.pow(300).add(BigInteger.ONE),
                List.of(
                        new PlannedCredit(1, BigInteger.TWO.pow(300), new Money(8, 999_999_999_998L)),
                        new PlannedCredit(0, BigInteger.ONE, Money.ZERO)),
                ROOT);
        LogRange range = new LogRange(Fixtures.log(1), 0, 100);
        return List.of(
                new AccountOpened(0, Fixtures.address(0).canonical()),
                new AccountOpened(1, Fixtures.address(1).canonical()),
                new SliceSealed(
                        1,
                        1_700_000_000_123L,
                        List.of(range),
                        List.of(
                                new SliceCell(Scheme.PPLNS, Fixtures.NBITS, 0, 1L << 50, 3),
                                new SliceCell(Scheme.SOLO, Fixtures.NBITS, 1, 1, 1)),
                        ROOT,
                        4),
                new BlockRegistered(
                        Optional.of(new LogRange(Fixtures.log(1), 100, 300)),
                        hash,
                        5,
                        Fixtures.NBITS,
                        Scheme.PPLNS,
                        0,
                        "rig ü",
                        1L,
                        Standing.IMMATURE,
                        "",
                        Optional.of(plan),
                        new Money(3, 4)),
                new BlockRegistered(
                        Optional.of(new LogRange(Fixtures.log(2), 100, 300)),
                        Hash256.ZERO,
                        6,
                        Fixtures.NBITS,
                        Scheme.SOLO,
                        1,
                        "",
                        2L,
                        Standing.REFUSED,
                        "stale",
                        Optional.empty(),
                        Money.ZERO),
                new JournalRecord.PayeeNamed(Bytes.ofHex("0014"), 76L),
                new BlockMoved(hash, Standing.IMMATURE, Standing.MATURE, 77L),
                new BlockRegistered(
                        Optional.empty(),
                        hash,
                        7,
                        Fixtures.NBITS,
                        Scheme.PPLNS,
                        BlockRegistered.NO_FINDER,
                        "",
                        3L,
                        Standing.ORPHANED,
                        "seen on the chain",
                        Optional.of(plan.withRoot(hash.internal())),
                        Money.ZERO),
                new JournalRecord.SlicesFolded(
                        472_222, 1, 2, List.of(new SliceCell(Scheme.PPLNS, Fixtures.NBITS, 0, 7, 3)), ROOT),
                new JournalRecord.HeldCompared(
                        hash,
                        9,
                        1_700_000_000L,
                        new Money(1, 2),
                        new Money(3, 4),
                        new Money(9, 0),
                        HeldSource.CHAIN,
                        5L),
                new JournalRecord.PotFunded(REQUEST, new Money(7, 0), true, "from a maker ü", 6L),
                new JournalRecord.PotShared(
                        19_675,
                        new BlockPlan(
                                new Money(5, 0),
                                0,
                                Money.ZERO,
                                0,
                                1,
                                1,
                                BigInteger.TWO,
                                List.of(new PlannedCredit(1, BigInteger.TWO, new Money(5, 0))),
                                ROOT),
                        7L),
                new JournalRecord.Corrected(
                        REQUEST,
                        List.of(
                                new Transfer(Pool.WALLET, new Miner(300, Part.AVAILABLE), new Money(1, 1)),
                                new Transfer(new Miner(1, Part.PAYING), Pool.POT, new Money(0, 1)),
                                new Transfer(Pool.LIGHTNING, new Miner(1, Part.IMMATURE), new Money(0, 2))),
                        "why",
                        8L),
                new JournalRecord.PayoutPlanned(
                        1, PayoutRail.LIGHTNING, List.of(new PayoutLine(0, new Money(7, 0), new Money(6, 0))), 9L),
                new JournalRecord.PayoutMoved(
                        1,
                        PayoutState.PLANNED,
                        PayoutState.STORED,
                        new Money(0, 5),
                        List.of(new Money(0, 1)),
                        Bytes.ofHex("c0ffee"),
                        10L));
    }
}
