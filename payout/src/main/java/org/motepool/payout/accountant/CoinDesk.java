package org.motepool.payout.accountant;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.motepool.chain.Chain;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.ChainException;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.block.RawTransaction.Output;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.statement.PlanHead;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutSettings.Terms;
import org.motepool.payout.block.BlockPlanner;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.DayBook;
import org.motepool.payout.books.KnownBlock;
import org.motepool.payout.books.PlanTrees;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.HeldSource;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PotShared;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.scheme.FixedPot;
import org.motepool.payout.scheme.Weights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares at every block what is owed with what there is, and journals it; shares the sponsored pot when such a block ends
 * a day. More owed than held is told loudly and stops payouts until a later comparison is right. Not thread-safe: the
 * accountant's.
 */
final class CoinDesk {
    /** Blocks for which a credited one may be off the chain before it counts as not held. */
    private static final int DOUBT_TIPS_MAX = 6;

    private static final Logger LOG = LoggerFactory.getLogger(CoinDesk.class);

    private final Chain chain;
    private final PoolClock clock;
    private final Duration poll;
    private final Books books;
    private final Recorder recorder;
    private final PayoutMetrics metrics;
    private final HeldCoins coins;
    private final Terms terms;
    private final Map<Hash256, Money> coinbases = new HashMap<>();
    private Optional<Hash256> comparedAt = Optional.empty();
    private boolean changed = true;
    private int doubts;
    private long nextLook;
    private boolean chainAway;
    private final Consumer<PotShared> potListener;

    /** @param potListener hears of each day's pot that was journaled */
    CoinDesk(BlockDesk.Parts parts, HeldCoins coins, Terms terms, Duration poll, Consumer<PotShared> potListener) {
        this.coins = coins;
        this.potListener = potListener;
        this.chain = parts.chain();
        this.clock = parts.clock();
        this.books = parts.books();
        this.recorder = parts.recorder();
        this.metrics = parts.metrics();
        this.terms = terms;
        this.poll = poll;
        this.nextLook = clock.nanos();
        Money owed = books.ledger().totals().miners().owed();
        books.compared().ifPresent(last -> {
            comparedAt = Optional.of(last.tip());
            changed = !last.owed().equals(owed);
            show(last);
        });
    }

    /** What is owed has changed: compare at the next chance, on the same tip too. */
    void owedChanged() {
        changed = true;
        nextLook = clock.nanos();
    }

    /** A comparison has to be made yet. */
    boolean isDue() {
        return changed;
    }

    /**
     * Compares when there is reason to.
     *
     * @return whether balances changed: a day's pot was shared
     */
    boolean look() throws JournalException {
        if (clock.nanos() < nextLook) {
            return false;
        }
        nextLook = clock.nanos() + poll.toNanos();
        try {
            ChainTip tip = chain.tip();
            boolean shared = (changed || !comparedAt.equals(Optional.of(tip.hash()))) && compare(tip);
            chainAway = false;
            return shared;
        } catch (ChainException e) {
            if (!chainAway) {
                LOG.warn("no node tells what coins there are, will ask again: {}", e.getMessage());
            }
            chainAway = true;
            return false;
        }
    }

    private boolean compare(ChainTip tip) throws ChainException, JournalException {
        Optional<Money> wallet = coins.inWallet();
        Optional<Money> held = wallet.isPresent() ? wallet : onChain(tip);
        OptionalLong seconds = seconds(tip);
        if (seconds.isEmpty()) {
            // A tip that went away between two questions: there will be another.
            return false;
        }
        if (held.isEmpty()) {
            // Asking again about the same tip tells nothing new; the next tip, or a block that is taken back, does.
            comparedAt = Optional.of(tip.hash());
            changed = false;
            return false;
        }
        HeldCompared record = new HeldCompared(
                tip.hash(),
                tip.height(),
                seconds.getAsLong(),
                books.ledger().totals().miners().owed(),
                books.ledger().balance(Pool.POT),
                held.get(),
                wallet.isPresent() ? HeldSource.WALLET : HeldSource.CHAIN,
                clock.epochMillis());
        boolean before = books.compared().map(HeldCompared::isBreach).orElse(false);
        recorder.record(List.of(record));
        comparedAt = Optional.of(tip.hash());
        changed = false;
        tell(record, before);
        return shareOverdueDay();
    }

    private void tell(HeldCompared record, boolean before) {
        show(record);
        if (record.isBreach()) {
            LOG.error(
                    "MORE IS OWED THAN THERE IS: at block {} miners are owed {} and the pot holds {}, the coins held are {}"
                            + " (by the {}): payouts have stopped; look where coins went, then put them back or journal a"
                            + " correction; payouts go on at the first block where it is right again",
                    record.height(),
                    record.owed(),
                    record.pot(),
                    record.held(),
                    record.source());
        } else if (before) {
            LOG.warn("at block {} what is held covers what is owed again: payouts go on", record.height());
        }
    }

    private void show(HeldCompared record) {
        metrics.owed.set(BigInteger.valueOf(record.owed().satoshis()).doubleValue());
        metrics.held.set(BigInteger.valueOf(record.held().satoshis()).doubleValue());
        metrics.breach.set(record.isBreach() ? 1 : 0);
    }

    /**
     * Immature coinbases as the active chain has them, and what is mature by the ledger; empty while the chain has not
     * made up its mind about one of them.
     */
    private Optional<Money> onChain(ChainTip tip) throws ChainException {
        Money sum = books.ledger().balance(Pool.WALLET).plus(books.ledger().balance(Pool.LIGHTNING));
        boolean doubt = false;
        Map<Hash256, Money> still = new HashMap<>();
        for (KnownBlock block : books.blocks().withPlan()) {
            Hash256 hash = block.registered().hash();
            if (block.standing() != Standing.IMMATURE) {
                continue;
            }
            boolean on = chain.hashAt(block.registered().height()).equals(Optional.of(hash));
            if (!on) {
                doubt = true;
                continue;
            }
            Money paid = coinbase(hash);
            still.put(hash, paid);
            sum = sum.plus(paid);
        }
        coinbases.clear();
        coinbases.putAll(still);
        boolean newTip = !comparedAt.equals(Optional.of(tip.hash()));
        doubts = doubt ? doubts + (newTip ? 1 : 0) : 0;
        return doubt && doubts <= DOUBT_TIPS_MAX ? Optional.empty() : Optional.of(sum);
    }

    /** What a coinbase on the chain pays to the pool; read once. */
    private Money coinbase(Hash256 hash) throws ChainException {
        Money known = coinbases.get(hash);
        if (known != null) {
            return known;
        }
        ChainBlock block = chain.block(hash)
                .orElseThrow(
                        () -> new ChainException("the node does not give the block " + hash + " of its own chain"));
        try {
            Money sum = Money.ZERO;
            for (Output output : RawTransaction.parse(block.coinbase()).outputs()) {
                sum = books.isPayee(output.script()) ? sum.plus(Money.ofSatoshis(output.value())) : sum;
            }
            return sum;
        } catch (MalformedBytesException | ArithmeticException e) {
            throw new ChainException("the coinbase of block " + hash + ": " + e.getMessage());
        }
    }

    private OptionalLong seconds(ChainTip tip) throws ChainException {
        Optional<ChainBlock> block = chain.block(tip.hash());
        if (block.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            Bytes header = block.get().header();
            return OptionalLong.of(
                    Integer.toUnsignedLong(BlockHeader.parse(header).ntime()));
        } catch (MalformedBytesException e) {
            throw new ChainException("the header of block " + tip.hash() + ": " + e.getMessage());
        }
    }

    /**
     * Shares the day that is over, if one is: after the record that ended it, and after a restart that came between.
     *
     * @return whether balances changed
     */
    boolean shareOverdueDay() throws JournalException {
        Optional<DayBook.Day> over = books.day().closed();
        Money amount = new FixedPot(terms.potDaily()).share(books.ledger().balance(Pool.POT));
        if (over.isEmpty() || amount.isZero()) {
            return false;
        }
        DayBook.Day day = over.get();
        Weights weights = FixedPot.weights(day.workUnits(), day.first(), day.last());
        BlockPlan plan = new BlockPlan(
                amount,
                0,
                Money.ZERO,
                0,
                weights.firstSlice(),
                weights.lastSlice(),
                weights.total(),
                BlockPlanner.credits(amount, weights, books.accounts()),
                BlockPlan.NO_ROOT);
        Bytes root = PlanTrees.of(PlanHead.potSubject(day.day()), plan, books.accounts())
                .root();
        PotShared shared = new PotShared(day.day(), plan.withRoot(root), clock.epochMillis());
        recorder.record(List.of(shared));
        potListener.accept(shared);
        LOG.info(
                "pot of day {}: {} shared by {} accounts",
                day.day(),
                amount,
                plan.credits().size());
        changed = true;
        return true;
    }
}
