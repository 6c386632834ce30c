package org.motepool.payout.accountant;

import java.math.BigInteger;
import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.store.Balances;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Totals;
import org.motepool.store.StoreException;

/** Proves after every block that nothing was lost or made: in the ledger, and in the store's copy of it. */
final class Verifier {
    private static final BigInteger FRACTIONS = BigInteger.valueOf(Money.FRACTIONS_PER_SATOSHI);

    private final Books books;
    private final Balances balances;
    private final PoolClock clock;
    private final PayoutMetrics metrics;

    Verifier(Books books, Balances balances, PoolClock clock, PayoutMetrics metrics) {
        this.books = books;
        this.balances = balances;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Checks the ledger against itself, then the store, which stands at the same record, against the ledger.
     *
     * @return what is wrong and how to mend it; empty when all is well
     */
    Optional<String> verify() throws StoreException {
        BigInteger inLedger = books.ledger().imbalance();
        if (inLedger.signum() != 0) {
            return wrong(
                    inLedger,
                    "the ledger is out of balance by " + inLedger
                            + " of 10^-12 satoshi: a defect; keep the data directory and report it");
        }
        Totals mine = books.ledger().totals();
        BigInteger unexplained = books.ledger().assets().toFractions().subtract(books.explainedAssets());
        if (unexplained.signum() != 0) {
            return wrong(
                    unexplained,
                    "coins in the ledger and money that came and went differ by " + unexplained
                            + " of 10^-12 satoshi: a defect; keep the data directory and report it");
        }
        Totals theirs = balances.totals();
        if (!mine.miners().equals(theirs.miners()) || !mine.fee().equals(theirs.fee())) {
            BigInteger difference = sum(theirs).subtract(sum(mine));
            return wrong(
                    difference,
                    "the store's balances (miners " + theirs.miners() + ", fee " + theirs.fee()
                            + ") are not the ledger's (" + mine.miners() + ", " + mine.fee()
                            + "): stop payout, empty the store, restart; the journal rebuilds it");
        }
        metrics.imbalance.set(0);
        metrics.lastVerified.set(BigInteger.valueOf(clock.epochMillis())
                .divide(BigInteger.valueOf(1000))
                .doubleValue());
        return Optional.empty();
    }

    private Optional<String> wrong(BigInteger fractions, String reason) {
        BigInteger[] parts = fractions.abs().divideAndRemainder(FRACTIONS);
        BigInteger satoshis = parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        // Sums may agree while states differ: never zero when something is wrong.
        metrics.imbalance.set(satoshis.max(BigInteger.ONE).doubleValue());
        return Optional.of(reason);
    }

    private static BigInteger sum(Totals totals) {
        return sum(totals.miners()).add(sum(totals.fee()));
    }

    private static BigInteger sum(Balance balance) {
        return balance.owed().toFractions();
    }
}
