package org.motepool.payout.ledger;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.motepool.core.money.Money;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.store.Balances.Balance;
import org.motepool.store.Balances.Totals;

/**
 * The balances of all ledger accounts, made by steps alone. A balance below zero is an error and changes nothing. Not
 * thread-safe: the accountant's.
 */
public final class Ledger {
    private final Map<LedgerAccount, Money> balances = new HashMap<>();

    /** Applies a step whole; throws ArithmeticException, and changes nothing, when a balance would leave its range. */
    public void apply(Step step) {
        Map<LedgerAccount, BigInteger> changes = new HashMap<>();
        for (Transfer transfer : step.transfers()) {
            BigInteger amount = transfer.amount().toFractions();
            changes.merge(transfer.debit(), transfer.debit().isAsset() ? amount : amount.negate(), BigInteger::add);
            changes.merge(transfer.credit(), transfer.credit().isAsset() ? amount.negate() : amount, BigInteger::add);
        }
        Map<LedgerAccount, Money> after = new HashMap<>();
        changes.forEach((account, change) -> {
            BigInteger sum = balance(account).toFractions().add(change);
            if (sum.signum() < 0) {
                throw new ArithmeticException("the balance of " + account + " would be below zero");
            }
            after.put(account, Money.ofFractions(sum));
        });
        balances.putAll(after);
    }

    public Money balance(LedgerAccount account) {
        return balances.getOrDefault(account, Money.ZERO);
    }

    /** What is owed to an account, as the store keeps it. */
    public Balance miner(int account) {
        return new Balance(
                balance(new Miner(account, Part.IMMATURE)),
                balance(new Miner(account, Part.AVAILABLE)),
                balance(new Miner(account, Part.PAYING)),
                Money.ZERO);
    }

    /** The pool's own part. */
    public Balance fee() {
        return new Balance(balance(Pool.FEE_IMMATURE), balance(Pool.FEE_AVAILABLE), Money.ZERO, Money.ZERO);
    }

    /** Accounts of miners that ever had a balance. */
    public Set<Integer> miners() {
        Set<Integer> accounts = new HashSet<>();
        balances.keySet().forEach(account -> {
            if (account instanceof Miner miner) {
                accounts.add(miner.account());
            }
        });
        return accounts;
    }

    /** Sums over all miners, and the fee, computed from every single balance. */
    public Totals totals() {
        Map<Part, BigInteger> sums = new HashMap<>();
        balances.forEach((account, money) -> {
            if (account instanceof Miner miner) {
                sums.merge(miner.part(), money.toFractions(), BigInteger::add);
            }
        });
        Balance all =
                new Balance(sum(sums, Part.IMMATURE), sum(sums, Part.AVAILABLE), sum(sums, Part.PAYING), Money.ZERO);
        return new Totals(miners().size(), all, fee());
    }

    private static Money sum(Map<Part, BigInteger> sums, Part part) {
        return Money.ofFractions(sums.getOrDefault(part, BigInteger.ZERO));
    }

    /** Assets less debts over every single account, in 10^-12 satoshi: zero, or something is broken. */
    public BigInteger imbalance() {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<LedgerAccount, Money> each : balances.entrySet()) {
            BigInteger amount = each.getValue().toFractions();
            sum = each.getKey().isAsset() ? sum.add(amount) : sum.subtract(amount);
        }
        return sum;
    }
}
