package org.motepool.payout.notice;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.work.Nbits;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.Corrected;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Transfer;

/** Records that owners are told of. */
final class NoticeRecords {
    private NoticeRecords() {}

    /** A block of two accounts. */
    static BlockRegistered block(int account, Money credit) {
        BlockPlan plan = new BlockPlan(
                credit.plus(credit),
                0,
                Money.ZERO,
                8,
                1,
                1,
                BigInteger.TWO,
                List.of(
                        new PlannedCredit(account, BigInteger.ONE, credit),
                        new PlannedCredit(account + 1, BigInteger.ONE, credit)),
                BlockPlan.NO_ROOT);
        return new BlockRegistered(
                Optional.empty(),
                Hash256.ZERO,
                800_000,
                Nbits.ofHex("1d00ffff"),
                Scheme.PPLNS,
                account,
                "desk",
                1,
                Standing.IMMATURE,
                "",
                Optional.of(plan),
                Money.ZERO);
    }

    static void fund(Books books, int account, long satoshis) {
        books.apply(new Corrected(
                Bytes.copyOf(new byte[16]),
                List.of(new Transfer(Pool.WALLET, new Miner(account, Part.AVAILABLE), Money.ofSatoshis(satoshis))),
                "a test",
                1));
    }

    static PayoutPlanned payment(int account, long satoshis) {
        return new PayoutPlanned(
                1, PayoutRail.ONCHAIN, List.of(new PayoutLine(account, Money.ofSatoshis(satoshis))), 1);
    }

    /** The steps of the first payment. */
    static List<PayoutMoved> moves() {
        return List.of(
                move(PayoutState.PLANNED, PayoutState.STORED),
                move(PayoutState.STORED, PayoutState.SENT),
                move(PayoutState.SENT, PayoutState.CONFIRMED));
    }

    private static PayoutMoved move(PayoutState from, PayoutState to) {
        return new PayoutMoved(1, from, to, Money.ZERO, List.of(), Bytes.EMPTY, 1);
    }
}
