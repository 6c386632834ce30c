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
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.BlockMoved;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PayeeNamed;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.JournalRecord.Standing;

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

    private JournalRecordCodec() {}

    static int kind(JournalRecord record) {
        return switch (record) {
            case AccountOpened opened -> ACCOUNT;
            case SliceSealed slice -> SLICE;
            case BlockRegistered block -> BLOCK;
            case BlockMoved moved -> BLOCK_STATE;
            case PayeeNamed named -> PAYEE;
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
        }
    }

    static JournalRecord read(int kind, Bytes body) throws MalformedBytesException {
        ByteReader in = new ByteReader(body);
        try {
            JournalRecord record = switch (kind) {
                case ACCOUNT -> new AccountOpened(in.i32(), in.text());
                case SLICE -> readSlice(in);
                case BLOCK -> readBlock(in);
                case BLOCK_STATE ->
                    new BlockMoved(hash(in), Standing.ofCode(in.u8()), Standing.ofCode(in.u8()), in.i64());
                case PAYEE -> new PayeeNamed(in.sized(), in.i64());
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
        out.compactSize(slice.cells().size());
        for (SliceCell cell : slice.cells()) {
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
        return new SliceSealed(number, at, read, work, root, entries);
    }

    private static void writeBlock(BlockRegistered block, ByteWriter out) {
        writeRange(block.range(), out);
        out.bytes(block.hash().internal()).i32(block.height());
        out.i32(block.nbits().value()).u8(block.scheme().code());
        out.compactSize(block.finder()).text(block.worker()).i64(block.at());
        out.u8(block.standing().code()).text(block.reason());
        out.u8(block.plan().isPresent() ? 1 : 0);
        block.plan().ifPresent(plan -> writePlan(plan, out));
    }

    private static BlockRegistered readBlock(ByteReader in) throws MalformedBytesException {
        return new BlockRegistered(
                readRange(in),
                hash(in),
                in.i32(),
                new Nbits(in.i32()),
                Scheme.ofCode(in.u8()),
                index(in.compactSize()),
                in.text(),
                in.i64(),
                Standing.ofCode(in.u8()),
                in.text(),
                in.u8() == 0 ? Optional.empty() : Optional.of(readPlan(in)));
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
    }

    private static BlockPlan readPlan(ByteReader in) throws MalformedBytesException {
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
        return new BlockPlan(gross, basisPoints, fee, windowBlocks, first, last, total, credits);
    }

    private static void writeRange(LogRange range, ByteWriter out) {
        out.bytes(range.source().log().bytes()).u16(range.source().shard());
        out.i64(range.from()).i64(range.to());
    }

    private static LogRange readRange(ByteReader in) throws MalformedBytesException {
        LogShard source = new LogShard(new LogId(in.bytes(LogId.BYTES)), in.u16());
        return new LogRange(source, in.i64(), in.i64());
    }

    private static void writeMoney(Money money, ByteWriter out) {
        out.i64(money.satoshis()).i64(money.fraction());
    }

    private static Money readMoney(ByteReader in) throws MalformedBytesException {
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

    private static int index(long value) throws MalformedBytesException {
        if (value > Integer.MAX_VALUE) {
            throw new MalformedBytesException("no account has the index " + value);
        }
        return (int) value;
    }
}
