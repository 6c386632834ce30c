package org.motepool.payout.journal;

import java.util.List;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.money.Money;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.ledger.LedgerAccount;

/** The journal's byte forms of things that a snapshot of the books holds, too. Stateless. */
public final class JournalParts {
    private JournalParts() {}

    public static void writeBlock(BlockRegistered block, ByteWriter out) {
        JournalRecordCodec.writeBlock(block, out);
    }

    public static BlockRegistered readBlock(ByteReader in) throws MalformedBytesException {
        return JournalRecordCodec.readBlock(in, true);
    }

    public static void writeStanding(Standing standing, ByteWriter out) {
        out.u8(standing.code());
    }

    public static Standing readStanding(ByteReader in) throws MalformedBytesException {
        return Standing.ofCode(in.u8());
    }

    public static void writeHeld(HeldCompared held, ByteWriter out) {
        JournalRecordCodec.writeHeld(held, out);
    }

    public static HeldCompared readHeld(ByteReader in) throws MalformedBytesException {
        return JournalRecordCodec.readHeld(in);
    }

    public static void writeCells(List<SliceCell> cells, ByteWriter out) {
        JournalRecordCodec.writeCells(cells, out);
    }

    public static List<SliceCell> readCells(ByteReader in) throws MalformedBytesException {
        return JournalRecordCodec.readCells(in);
    }

    public static void writePayout(PayoutPlanned planned, ByteWriter out) {
        JournalRecordCodec.writePayout(planned, out);
    }

    /** @param giving false for the form that snapshots had before payments had donations */
    public static PayoutPlanned readPayout(ByteReader in, boolean giving) throws MalformedBytesException {
        return JournalRecordCodec.readPayout(in, giving);
    }

    public static void writePayoutState(PayoutMoved moved, ByteWriter out) {
        JournalRecordCodec.writePayoutState(moved, out);
    }

    public static PayoutMoved readPayoutState(ByteReader in) throws MalformedBytesException {
        return JournalRecordCodec.readPayoutState(in);
    }

    public static void writeLedgerAccount(LedgerAccount account, ByteWriter out) {
        LedgerAccountCodec.write(account, out);
    }

    public static LedgerAccount readLedgerAccount(ByteReader in) throws MalformedBytesException {
        return LedgerAccountCodec.read(in);
    }

    public static void writeMoney(Money money, ByteWriter out) {
        JournalRecordCodec.writeMoney(money, out);
    }

    public static Money readMoney(ByteReader in) throws MalformedBytesException {
        return JournalRecordCodec.readMoney(in);
    }
}
