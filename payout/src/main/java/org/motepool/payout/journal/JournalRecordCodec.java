package org.motepool.payout.journal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.BlockMoved;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PayeeNamed;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.JournalRecord.PotFunded;
import org.motepool.payout.journal.JournalRecord.PotShared;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.JournalRecord.SlicesFolded;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.ledger.Transfer;

/**
 * Gives journal records their bodies. Integers are little-endian, small ones CompactSize, hashes in internal order, texts
 * UTF-8 behind a CompactSize length, weights big-endian behind one. Stateless.
 */
final class JournalRecordCodec {
    private static final int ACCOUNT = 1;
    private static final int SLICE = 2;
    private static final int BLOCK = 3;
    private static final int BLOCK_STATE = 4;
    private static final int PAYEE = 5;
    private static final int BLOCK_ROOTED = 6;
    private static final int FOLD = 7;
    private static final int HELD = 8;
    private static final int POT_FUNDED = 9;
    private static final int POT_SHARED = 10;
    private static final int CORRECTION = 11;
    private static final int PAYOUT = 12;
    private static final int PAYOUT_STATE = 13;
    private static final int PREFERENCE = 20;
    private static final int PAYOUT_GIVING = 21;

    private JournalRecordCodec() {}

    static int kind(JournalRecord record) {
        return switch (record) {
            case AccountOpened opened -> ACCOUNT;
            case SliceSealed slice -> SLICE;
            case BlockRegistered block -> BLOCK_ROOTED;
            case BlockMoved moved -> BLOCK_STATE;
            case PayeeNamed named -> PAYEE;
            case SlicesFolded folded -> FOLD;
            case HeldCompared held -> HELD;
            case PotFunded funded -> POT_FUNDED;
            case PotShared shared -> POT_SHARED;
            case Corrected corrected -> CORRECTION;
            case PayoutPlanned planned -> PAYOUT_GIVING;
            case PayoutMoved moved -> PAYOUT_STATE;
            case PreferenceDecided decided -> PREFERENCE;
        };
    }

    static void write(JournalRecord record, ByteWriter out) {
        switch (record) {
            case AccountOpened opened -> out.i32(opened.index()).text(opened.address());
            case SliceSealed slice -> writeSlice(slice, out);
            case BlockRegistered block -> writeBlock(block, out);
            case BlockMoved moved ->
                out.bytes(moved.hash().internal())
                        .u8(moved.from().code())
                        .u8(moved.to().code())
                        .i64(moved.at());
            case PayeeNamed named -> out.sized(named.script()).i64(named.at());
            case SlicesFolded folded -> writeFold(folded, out);
            case HeldCompared held -> writeHeld(held, out);
            case PotFunded funded -> {
                out.bytes(funded.request());
                writeMoney(funded.amount(), out);
                out.u8(funded.fromFee() ? 1 : 0).text(funded.memo()).i64(funded.at());
            }
            case PotShared shared -> {
                out.i64(shared.day());
                writePlan(shared.plan(), out);
                out.i64(shared.at());
            }
            case Corrected corrected -> writeCorrection(corrected, out);
            case PayoutPlanned planned -> writePayout(planned, out);
            case PayoutMoved moved -> writePayoutState(moved, out);
            case PreferenceDecided decided -> writePreference(decided, out);
        }
    }

    static JournalRecord read(int kind, Bytes body) throws MalformedBytesException {
        ByteReader in = new ByteReader(body);
        try {
            JournalRecord record = switch (kind) {
                case ACCOUNT -> new AccountOpened(in.i32(), in.text());
                case SLICE -> readSlice(in);
                case BLOCK -> readBlock(in, false);
                case BLOCK_ROOTED -> readBlock(in, true);
                case BLOCK_STATE ->
                    new BlockMoved(hash(in), Standing.ofCode(in.u8()), Standing.ofCode(in.u8()), in.i64());
                case PAYEE -> new PayeeNamed(in.sized(), in.i64());
                case FOLD -> readFold(in);
                case HELD -> readHeld(in);
                case POT_FUNDED ->
                    new PotFunded(
                            in.bytes(JournalRecord.REQUEST_BYTES), readMoney(in), in.u8() == 1, in.text(), in.i64());
                case POT_SHARED -> new PotShared(in.i64(), readPlan(in, true), in.i64());
                case CORRECTION -> readCorrection(in);
                case PAYOUT -> readPayout(in, false);
                case PAYOUT_GIVING -> readPayout(in, true);
                case PAYOUT_STATE -> readPayoutState(in);
                case PREFERENCE -> readPreference(in);
                default -> throw new MalformedBytesException("kind " + kind + ", which this version does not know");
            };
            in.end();
            return record;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedBytesException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void writeSlice(SliceSealed slice, ByteWriter out) {
        out.i64(slice.number()).i64(slice.at()).bytes(slice.root()).i64(slice.entries());
        out.compactSize(slice.ranges().size());
        slice.ranges().forEach(range -> writeRange(range, out));
        writeCells(slice.cells(), out);
    }

    static void writeCells(List<SliceCell> cells, ByteWriter out) {
        out.compactSize(cells.size());
        for (SliceCell cell : cells) {
            out.u8(cell.scheme().code()).i32(cell.nbits().value());
            out.compactSize(cell.account()).compactSize(cell.workUnits()).compactSize(cell.shares());
        }
    }

    private static SliceSealed readSlice(ByteReader in) throws MalformedBytesException {
        long number = in.i64();
        long at = in.i64();
        Bytes root = in.bytes(WorkEntry.ROOT_BYTES);
        long entries = in.i64();
        int ranges = in.count(LogId.BYTES + 2 + 16);
        List<LogRange> read = new ArrayList<>(ranges);
        for (int i = 0; i < ranges; i++) {
            read.add(readRange(in));
        }
        return new SliceSealed(number, at, read, readCells(in), root, entries);
    }

    static List<SliceCell> readCells(ByteReader in) throws MalformedBytesException {
        int cells = in.count(8);
        List<SliceCell> work = new ArrayList<>(cells);
        for (int i = 0; i < cells; i++) {
            work.add(new SliceCell(
                    Scheme.ofCode(in.u8()),
                    new Nbits(in.i32()),
                    index(in.compactSize()),
                    in.compactSize(),
                    in.compactSize()));
        }
        return work;
    }

    private static void writeFold(SlicesFolded folded, ByteWriter out) {
        out.i64(folded.hour()).i64(folded.firstSlice()).i64(folded.lastSlice());
        writeCells(folded.cells(), out);
        out.bytes(folded.root());
    }

    private static SlicesFolded readFold(ByteReader in) throws MalformedBytesException {
        return new SlicesFolded(in.i64(), in.i64(), in.i64(), readCells(in), in.bytes(WorkEntry.ROOT_BYTES));
    }

    static void writeHeld(HeldCompared held, ByteWriter out) {
        out.bytes(held.tip().internal()).i32(held.height()).i64(held.tipSeconds());
        writeMoney(held.owed(), out);
        writeMoney(held.pot(), out);
        writeMoney(held.held(), out);
        out.u8(held.source().code()).i64(held.at());
    }

    static HeldCompared readHeld(ByteReader in) throws MalformedBytesException {
        return new HeldCompared(
                hash(in),
                in.i32(),
                in.i64(),
                readMoney(in),
                readMoney(in),
                readMoney(in),
                HeldSource.ofCode(in.u8()),
                in.i64());
    }

    private static void writeCorrection(Corrected corrected, ByteWriter out) {
        out.bytes(corrected.request()).compactSize(corrected.transfers().size());
        for (Transfer transfer : corrected.transfers()) {
            LedgerAccountCodec.write(transfer.debit(), out);
            LedgerAccountCodec.write(transfer.credit(), out);
            writeMoney(transfer.amount(), out);
        }
        out.text(corrected.reason()).i64(corrected.at());
    }

    private static Corrected readCorrection(ByteReader in) throws MalformedBytesException {
        Bytes request = in.bytes(JournalRecord.REQUEST_BYTES);
        int count = in.count(2 + 16);
        List<Transfer> transfers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transfers.add(new Transfer(LedgerAccountCodec.read(in), LedgerAccountCodec.read(in), readMoney(in)));
        }
        return new Corrected(request, transfers, in.text(), in.i64());
    }

    static void writePayout(PayoutPlanned planned, ByteWriter out) {
        out.i64(planned.number()).u8(planned.rail().code());
        out.compactSize(planned.lines().size());
        for (PayoutLine line : planned.lines()) {
            out.compactSize(line.account());
            writeMoney(line.amount(), out);
            writeMoney(line.donated(), out);
        }
        out.i64(planned.at());
    }

    /** @param giving false for the form that records had before payments had donations */
    static PayoutPlanned readPayout(ByteReader in, boolean giving) throws MalformedBytesException {
        long number = in.i64();
        PayoutRail rail = PayoutRail.ofCode(in.u8());
        int count = in.count(1 + 16);
        List<PayoutLine> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(new PayoutLine(index(in.compactSize()), readMoney(in), giving ? readMoney(in) : Money.ZERO));
        }
        return new PayoutPlanned(number, rail, lines, in.i64());
    }

    static void writePayoutState(PayoutMoved moved, ByteWriter out) {
        out.i64(moved.number()).u8(moved.from().code()).u8(moved.to().code());
        writeMoney(moved.networkFee(), out);
        out.compactSize(moved.charges().size());
        moved.charges().forEach(charge -> writeMoney(charge, out));
        out.sized(moved.detail()).i64(moved.at());
    }

    static PayoutMoved readPayoutState(ByteReader in) throws MalformedBytesException {
        long number = in.i64();
        PayoutState from = PayoutState.ofCode(in.u8());
        PayoutState to = PayoutState.ofCode(in.u8());
        Money fee = readMoney(in);
        int count = in.count(16);
        List<Money> charges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            charges.add(readMoney(in));
        }
        return new PayoutMoved(number, from, to, fee, charges, in.sized(), in.i64());
    }

    private static void writePreference(PreferenceDecided decided, ByteWriter out) {
        out.bytes(decided.request()).compactSize(decided.account());
        out.u8(decided.field().code()).text(decided.value());
        out.i64(decided.nonce()).i64(decided.untilSeconds()).text(decided.signature());
        out.i64(decided.from()).i64(decided.at());
    }

    private static PreferenceDecided readPreference(ByteReader in) throws MalformedBytesException {
        return new PreferenceDecided(
                in.bytes(JournalRecord.REQUEST_BYTES),
                index(in.compactSize()),
                PreferenceField.ofCode(in.u8()),
                in.text(),
                in.i64(),
                in.i64(),
                in.text(),
                in.i64(),
                in.i64());
    }

    static void writeBlock(BlockRegistered block, ByteWriter out) {
        out.u8(block.range().isPresent() ? 1 : 0);
        block.range().ifPresent(range -> writeRange(range, out));
        out.bytes(block.hash().internal()).i32(block.height());
        out.i32(block.nbits().value()).u8(block.scheme().code());
        out.i32(block.finder()).text(block.worker()).i64(block.at());
        out.u8(block.standing().code()).text(block.reason());
        out.u8(block.plan().isPresent() ? 1 : 0);
        block.plan().ifPresent(plan -> writePlan(plan, out));
        writeMoney(block.finderPaid(), out);
    }

    /** @param rooted false for the form that records had before plans had roots */
    static BlockRegistered readBlock(ByteReader in, boolean rooted) throws MalformedBytesException {
        boolean reported = !rooted || in.u8() == 1;
        return new BlockRegistered(
                reported ? Optional.of(readRange(in)) : Optional.empty(),
                hash(in),
                in.i32(),
                new Nbits(in.i32()),
                Scheme.ofCode(in.u8()),
                rooted ? in.i32() : index(in.compactSize()),
                in.text(),
                in.i64(),
                Standing.ofCode(in.u8()),
                in.text(),
                in.u8() == 0 ? Optional.empty() : Optional.of(readPlan(in, rooted)),
                rooted ? readMoney(in) : Money.ZERO);
    }

    private static void writePlan(BlockPlan plan, ByteWriter out) {
        writeMoney(plan.gross(), out);
        out.u16(plan.feeBasisPoints());
        writeMoney(plan.fee(), out);
        out.u16(plan.windowBlocks()).i64(plan.firstSlice()).i64(plan.lastSlice());
        writeNumber(plan.totalWeight(), out);
        out.compactSize(plan.credits().size());
        for (PlannedCredit credit : plan.credits()) {
            out.compactSize(credit.account());
            writeNumber(credit.weight(), out);
            writeMoney(credit.amount(), out);
        }
        out.bytes(plan.root());
    }

    private static BlockPlan readPlan(ByteReader in, boolean rooted) throws MalformedBytesException {
        Money gross = readMoney(in);
        int basisPoints = in.u16();
        Money fee = readMoney(in);
        int windowBlocks = in.u16();
        long first = in.i64();
        long last = in.i64();
        BigInteger total = readNumber(in);
        int count = in.count(1 + 2 + 16);
        List<PlannedCredit> credits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            credits.add(new PlannedCredit(index(in.compactSize()), readNumber(in), readMoney(in)));
        }
        Bytes root = rooted ? in.bytes(Hash256.BYTES) : BlockPlan.NO_ROOT;
        return new BlockPlan(gross, basisPoints, fee, windowBlocks, first, last, total, credits, root);
    }

    private static void writeRange(LogRange range, ByteWriter out) {
        out.bytes(range.source().log().bytes()).u16(range.source().shard());
        out.i64(range.from()).i64(range.to());
    }

    private static LogRange readRange(ByteReader in) throws MalformedBytesException {
        LogShard source = new LogShard(new LogId(in.bytes(LogId.BYTES)), in.u16());
        return new LogRange(source, in.i64(), in.i64());
    }

    static void writeMoney(Money money, ByteWriter out) {
        out.i64(money.satoshis()).i64(money.fraction());
    }

    static Money readMoney(ByteReader in) throws MalformedBytesException {
        return new Money(in.i64(), in.i64());
    }

    private static void writeNumber(BigInteger number, ByteWriter out) {
        out.sized(Bytes.copyOf(number.toByteArray()));
    }

    private static BigInteger readNumber(ByteReader in) throws MalformedBytesException {
        Bytes bytes = in.sized();
        if (bytes.size() == 0) {
            throw new MalformedBytesException("a number without digits at " + in.position());
        }
        return new BigInteger(bytes.toArray());
    }

    private static Hash256 hash(ByteReader in) throws MalformedBytesException {
        return Hash256.ofInternal(in.bytes(Hash256.BYTES));
    }

    static int index(long value) throws MalformedBytesException {
        if (value > Integer.MAX_VALUE) {
            throw new MalformedBytesException("no account has the index " + value);
        }
        return (int) value;
    }
}
