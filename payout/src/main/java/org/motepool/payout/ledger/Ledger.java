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
 * The balances of all ledger accounts, made by steps alone. A balance below zero is an error and changes nothing; so is a
 * step after which the sum over all accounts would not be zero. Not thread-safe: the accountant's.
 */
public final class Ledger {
    private final Map<LedgerAccount, Money> balances = new HashMap<>();
    private final Map<Integer, Money> paid = new HashMap<>();
    private BigInteger imbalance = BigInteger.ZERO;

    /** Applies a step whole; throws ArithmeticException, and changes nothing, when a balance would leave its range. */
    public void apply(Step step) {
        Outcome outcome = outcome(step);
        balances.putAll(outcome.balances);
        paid.putAll(outcome.paid);
        imbalance = outcome.imbalance;
    }

    /** Throws ArithmeticException when this step could not be applied now. */
    public void check(Step step) {
        var _ = outcome(step);
    }

    private Outcome outcome(Step step) {
        Map<LedgerAccount, BigInteger> changes = new HashMap<>();
        Map<Integer, BigInteger> paying = new HashMap<>();
        for (Transfer transfer : step.transfers()) {
            BigInteger amount = transfer.amount().toFractions();
            changes.merge(transfer.debit(), debited(transfer.debit(), amount), BigInteger::add);
            changes.merge(transfer.credit(), debited(transfer.credit(), amount).negate(), BigInteger::add);
            transfer.paysTo().ifPresent(account -> paying.merge(account, amount, BigInteger::add));
            transfer.takesBackFrom().ifPresent(account -> paying.merge(account, amount.negate(), BigInteger::add));
        }
        Map<LedgerAccount, Money> after = new HashMap<>();
        BigInteger sum = imbalance;
        for (Map.Entry<LedgerAccount, BigInteger> each : changes.entrySet()) {
            LedgerAccount account = each.getKey();
            after.put(account, changed("balance of " + account, balance(account), each.getValue()));
            sum = account.growsByDebit() ? sum.add(each.getValue()) : sum.subtract(each.getValue());
        }
        if (sum.signum() != 0) {
            throw new ArithmeticException("the sum over all ledger accounts would be " + sum);
        }
        Map<Integer, Money> paidAfter = new HashMap<>();
        paying.forEach(
                (account, change) -> paidAfter.put(account, changed("sum paid to " + account, paid(account), change)));
        return new Outcome(after, paidAfter, sum);
    }

    /** What a step changes. */
    private record Outcome(Map<LedgerAccount, Money> balances, Map<Integer, Money> paid, BigInteger imbalance) {}

    private static BigInteger debited(LedgerAccount account, BigInteger amount) {
        return account.growsByDebit() ? amount : amount.negate();
    }

    private static Money changed(String what, Money before, BigInteger change) {
        BigInteger sum = before.toFractions().add(change);
        if (sum.signum() < 0) {
            throw new ArithmeticException("the " + what + " would be below zero");
        }
        return Money.ofFractions(sum);
    }

    public Money balance(LedgerAccount account) {
        return balances.getOrDefault(account, Money.ZERO);
    }

    /** What ever left the pool for an account, network fees charged to it included. */
    public Money paid(int account) {
        return paid.getOrDefault(account, Money.ZERO);
    }

    /** What is owed to an account, as the store keeps it. */
    public Balance miner(int account) {
        return new Balance(
                balance(new Miner(account, Part.IMMATURE)),
                balance(new Miner(account, Part.AVAILABLE)),
                balance(new Miner(account, Part.PAYING)),
                paid(account));
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

    /** Every ledger account that ever had a balance, with it. */
    public Map<LedgerAccount, Money> all() {
        return Map.copyOf(balances);
    }

    /** What was paid to each account that was ever paid. */
    public Map<Integer, Money> allPaid() {
        return Map.copyOf(paid);
    }

    /** Puts a balance of a snapshot in place; only into a ledger that nothing was applied to. */
    public void restore(LedgerAccount account, Money balance) {
        balances.put(account, balance);
    }

    /** Likewise what was paid to an account. */
    public void restorePaid(int account, Money sum) {
        paid.put(account, sum);
    }

    /** Sums over all miners, and the fee, computed from every single balance. */
    public Totals totals() {
        Map<Part, BigInteger> sums = new HashMap<>();
        balances.forEach((account, money) -> {
            if (account instanceof Miner miner) {
                sums.merge(miner.part(), money.toFractions(), BigInteger::add);
            }
        });
        BigInteger allPaid = paid.values().stream().map(Money::toFractions).reduce(BigInteger.ZERO, BigInteger::add);
        Balance all = new Balance(
                sum(sums, Part.IMMATURE),
                sum(sums, Part.AVAILABLE),
                sum(sums, Part.PAYING),
                Money.ofFractions(allPaid));
        return new Totals(miners().size(), all, fee());
    }

    private static Money sum(Map<Part, BigInteger> sums, Part part) {
        return Money.ofFractions(sums.getOrDefault(part, BigInteger.ZERO));
    }

    /** What the pool has: coinbases, wallet, Lightning. */
    public Money assets() {
        BigInteger sum = BigInteger.ZERO;
        for (Pool each : Pool.values()) {
            sum = each.isAsset() ? sum.add(balance(each).toFractions()) : sum;
        }
        return Money.ofFractions(sum);
    }

    /** Debits less credits over every single account, in 10^-12 satoshi: zero, or something is broken. */
    public BigInteger imbalance() {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<LedgerAccount, Money> each : balances.entrySet()) {
            sum = sum.add(debited(each.getKey(), each.getValue().toFractions()));
        }
        return sum;
    }
}
