package org.motepool.payout.books;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.JournalParts;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.ledger.LedgerAccount;
import org.motepool.payout.scheme.SliceWork;

/**
 * Gives books their bytes, one and the same for equal books: what a snapshot holds, and what shows that two replays came
 * to the same, bit for bit. A sequence of parts: length (i32, big-endian), kind (u8), body as in the journal; a part of
 * length 0 ends it. Stateless.
 */
public final class BooksCodec {
    private static final int PART_BYTES_MAX = 1 << 28;

    private static final int SUMS = 1;
    private static final int ACCOUNT = 2;
    private static final int MARK = 3;
    private static final int BLOCK = 4;
    private static final int PLANNED = 5;
    private static final int BALANCE = 6;
    private static final int PAID = 7;
    private static final int SLICE = 8;
    private static final int HOUR = 9;
    private static final int DAY = 10;
    private static final int PAYOUT = 11;
    private static final int REQUEST = 12;
    private static final int PAYOUT_AT = 13;
    private static final int PREFERENCES = 14;
    private static final int PAYOUT_GIVING = 15;

    private BooksCodec() {}

    /** Writes books; {@code out} stays open. */
    public static void write(Books books, DataOutputStream out) throws IOException {
        part(out, SUMS, sums(books));
        for (int i = 0; i < books.accounts().size(); i++) {
            part(out, ACCOUNT, new ByteWriter().text(books.accounts().address(i)));
        }
        for (Map.Entry<LogShard, Long> mark : new TreeMap<>(books.highWaters()).entrySet()) {
            LogShard source = mark.getKey();
            part(
                    out,
                    MARK,
                    new ByteWriter()
                            .bytes(source.log().bytes())
                            .u16(source.shard())
                            .i64(mark.getValue()));
        }
        writeBlocks(books.blocks(), out);
        writeBalances(books, out);
        for (SliceWork slice : books.work().window().oldestFirst()) {
            part(out, SLICE, slice(slice));
        }
        part(out, HOUR, hour(books.work().hour().state()));
        part(out, DAY, day(books.day().state()));
        for (OpenPayout payout : books.payouts().open()) {
            part(out, PAYOUT_GIVING, payout(payout));
        }
        if (books.payouts().lastAt() != 0) {
            part(out, PAYOUT_AT, new ByteWriter().i64(books.payouts().lastAt()));
        }
        for (Bytes request : books.requests().all()) {
            part(out, REQUEST, new ByteWriter().bytes(request));
        }
        for (int account : books.preferences().accounts()) {
            part(
                    out,
                    PREFERENCES,
                    PreferenceCodec.write(account, books.preferences().of(account)));
        }
        out.writeInt(0);
    }

    private static void part(DataOutputStream out, int kind, ByteWriter body) throws IOException {
        out.writeInt(body.size() + 1);
        out.writeByte(kind);
        out.write(body.array(), 0, body.size());
    }

    private static ByteWriter sums(Books books) {
        Books.Sums sums = books.sums();
        ByteWriter out = new ByteWriter();
        out.i64(sums.slices()).i64(sums.shares());
        number(sums.workUnits(), out);
        number(sums.rewards(), out);
        number(sums.otherMoney(), out);
        out.i64(books.payouts().last());
        out.compactSize(sums.recentNbits().size());
        sums.recentNbits().forEach(nbits -> out.i32(nbits.value()));
        out.compactSize(sums.payees().size());
        sums.payees().stream().sorted().forEach(out::sized);
        out.u8(books.compared().isPresent() ? 1 : 0);
        books.compared().ifPresent(held -> JournalParts.writeHeld(held, out));
        return out;
    }

    private static void writeBlocks(BlockBook blocks, DataOutputStream out) throws IOException {
        for (KnownBlock block : blocks.all()) {
            ByteWriter body = new ByteWriter();
            JournalParts.writeBlock(block.registered(), body);
            JournalParts.writeStanding(block.standing(), body);
            JournalParts.writeMoney(block.gross(), body);
            JournalParts.writeMoney(block.fee(), body);
            part(out, BLOCK, body);
        }
        for (Hash256 hash : blocks.planned()) {
            part(out, PLANNED, new ByteWriter().bytes(hash.internal()));
        }
    }

    private static void writeBalances(Books books, DataOutputStream out) throws IOException {
        List<Bytes> balances = new ArrayList<>();
        books.ledger().all().forEach((account, money) -> {
            ByteWriter body = new ByteWriter();
            JournalParts.writeLedgerAccount(account, body);
            JournalParts.writeMoney(money, body);
            balances.add(body.toBytes());
        });
        balances.sort(Comparator.naturalOrder());
        for (Bytes balance : balances) {
            part(out, BALANCE, new ByteWriter().bytes(balance));
        }
        for (Map.Entry<Integer, Money> paid : new TreeMap<>(books.ledger().allPaid()).entrySet()) {
            ByteWriter body = new ByteWriter().i32(paid.getKey());
            JournalParts.writeMoney(paid.getValue(), body);
            part(out, PAID, body);
        }
    }

    private static ByteWriter slice(SliceWork slice) {
        ByteWriter out = new ByteWriter().i64(slice.number());
        List<SliceWork.Cell> cells = slice.cells();
        out.compactSize(cells.size());
        for (SliceWork.Cell cell : cells) {
            number(cell.tau(), out);
            out.compactSize(cell.account()).compactSize(cell.workUnits());
        }
        return out;
    }

    private static ByteWriter hour(HourBook.State state) {
        ByteWriter out = new ByteWriter();
        out.i64(state.hour()).i64(state.first()).i64(state.last());
        JournalParts.writeCells(state.cells(), out);
        out.compactSize(state.roots().size());
        state.roots().forEach(out::bytes);
        return out;
    }

    private static ByteWriter day(DayBook.State state) {
        ByteWriter out = new ByteWriter();
        day(state.running(), out);
        out.i64(state.lastShared()).u8(state.closed().isPresent() ? 1 : 0);
        state.closed().ifPresent(closed -> day(closed, out));
        return out;
    }

    private static void day(DayBook.Day day, ByteWriter out) {
        out.i64(day.day()).i64(day.first()).i64(day.last());
        out.compactSize(day.workUnits().size());
        new TreeMap<>(day.workUnits()).forEach((account, units) -> {
            out.compactSize(account);
            number(units, out);
        });
    }

    private static ByteWriter payout(OpenPayout payout) {
        ByteWriter out = new ByteWriter();
        JournalParts.writePayout(payout.planned(), out);
        out.compactSize(payout.moves().size());
        payout.moves().forEach(move -> JournalParts.writePayoutState(move, out));
        return out;
    }

    private static void number(BigInteger number, ByteWriter out) {
        out.sized(Bytes.copyOf(number.toByteArray()));
    }

    /**
     * Reads books.
     *
     * @param windowBlocks as when they were written
     * @throws MalformedBytesException when they are not what was written
     */
    public static Books read(DataInputStream in, int windowBlocks) throws IOException, MalformedBytesException {
        Books books = new Books(windowBlocks);
        try {
            for (int length = in.readInt(); length != 0; length = in.readInt()) {
                if (length < 1 || length > PART_BYTES_MAX) {
                    throw new MalformedBytesException("a part of " + length + " bytes");
                }
                int kind = in.readUnsignedByte();
                ByteReader part = new ByteReader(in.readNBytes(length - 1));
                read(kind, part, books);
                part.end();
            }
            return books;
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw new MalformedBytesException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void read(int kind, ByteReader in, Books books) throws MalformedBytesException {
        switch (kind) {
            case SUMS -> readSums(in, books);
            case ACCOUNT ->
                books.accounts().open(new AccountOpened(books.accounts().size(), in.text()));
            case MARK -> books.restoreMark(new LogShard(new LogId(in.bytes(LogId.BYTES)), in.u16()), in.i64());
            case BLOCK -> {
                BlockRegistered registered = JournalParts.readBlock(in);
                Standing standing = JournalParts.readStanding(in);
                books.blocks()
                        .restore(new KnownBlock(
                                registered, standing, JournalParts.readMoney(in), JournalParts.readMoney(in)));
            }
            case PLANNED -> books.blocks().restorePlanned(Hash256.ofInternal(in.bytes(Hash256.BYTES)));
            case BALANCE -> {
                LedgerAccount account = JournalParts.readLedgerAccount(in);
                books.ledger().restore(account, JournalParts.readMoney(in));
            }
            case PAID -> books.ledger().restorePaid(in.i32(), JournalParts.readMoney(in));
            case SLICE -> books.work().window().add(readSlice(in));
            case HOUR -> books.work().hour().restore(readHour(in));
            case DAY -> {
                DayBook.Day running = readDay(in);
                long lastShared = in.i64();
                books.day()
                        .restore(new DayBook.State(
                                running, lastShared, in.u8() == 0 ? Optional.empty() : Optional.of(readDay(in))));
            }
            case PAYOUT -> books.payouts().restore(readPayout(in, false));
            case PAYOUT_GIVING -> books.payouts().restore(readPayout(in, true));
            case PAYOUT_AT -> books.payouts().restoreLastAt(in.i64());
            case REQUEST -> books.requests().add(in.bytes(in.remaining()));
            case PREFERENCES ->
                books.preferences().restore(Math.toIntExact(in.compactSize()), PreferenceCodec.read(in));
            default -> throw new MalformedBytesException("a part of kind " + kind);
        }
    }

    private static void readSums(ByteReader in, Books books) throws MalformedBytesException {
        long slices = in.i64();
        long shares = in.i64();
        BigInteger workUnits = readNumber(in);
        BigInteger rewards = readNumber(in);
        BigInteger other = readNumber(in);
        books.payouts().restoreLast(in.i64());
        int count = in.count(4);
        List<Nbits> nbits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nbits.add(new Nbits(in.i32()));
        }
        int scripts = in.count(1);
        List<Bytes> payees = new ArrayList<>(scripts);
        for (int i = 0; i < scripts; i++) {
            payees.add(in.sized());
        }
        books.restore(
                new Books.Sums(slices, shares, workUnits, rewards, other, nbits, payees),
                in.u8() == 0 ? Optional.empty() : Optional.of(JournalParts.readHeld(in)));
    }

    private static SliceWork readSlice(ByteReader in) throws MalformedBytesException {
        long number = in.i64();
        int count = in.count(4);
        List<SliceWork.Cell> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cells.add(new SliceWork.Cell(readNumber(in), Math.toIntExact(in.compactSize()), in.compactSize()));
        }
        return SliceWork.of(number, cells);
    }

    private static HourBook.State readHour(ByteReader in) throws MalformedBytesException {
        long hour = in.i64();
        long first = in.i64();
        long last = in.i64();
        var cells = JournalParts.readCells(in);
        int count = in.count(Hash256.BYTES);
        List<Bytes> roots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            roots.add(in.bytes(Hash256.BYTES));
        }
        return new HourBook.State(hour, first, last, cells, roots);
    }

    private static DayBook.Day readDay(ByteReader in) throws MalformedBytesException {
        long day = in.i64();
        long first = in.i64();
        long last = in.i64();
        int count = in.count(3);
        Map<Integer, BigInteger> units = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            units.put(Math.toIntExact(in.compactSize()), readNumber(in));
        }
        return new DayBook.Day(day, units, first, last);
    }

    private static OpenPayout readPayout(ByteReader in, boolean giving) throws MalformedBytesException {
        PayoutPlanned planned = JournalParts.readPayout(in, giving);
        int count = in.count(20);
        List<PayoutMoved> moves = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            moves.add(JournalParts.readPayoutState(in));
        }
        return OpenPayout.of(planned, moves);
    }

    private static BigInteger readNumber(ByteReader in) throws MalformedBytesException {
        Bytes bytes = in.sized();
        if (bytes.size() == 0) {
            throw new MalformedBytesException("a number without digits");
        }
        return new BigInteger(bytes.toArray());
    }
}
