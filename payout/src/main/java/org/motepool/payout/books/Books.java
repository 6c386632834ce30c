package org.motepool.payout.books;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.statement.PlanHead;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.JournalHead;
import org.motepool.payout.journal.JournalRecord;
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
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.ledger.Ledger;
import org.motepool.payout.ledger.LedgerAccount;
import org.motepool.payout.ledger.LedgerAccount.Miner;
import org.motepool.payout.ledger.LedgerAccount.Part;
import org.motepool.payout.ledger.LedgerAccount.Pool;
import org.motepool.payout.ledger.Step;
import org.motepool.payout.ledger.Transfer;

/**
 * The state that the journal's records make, one after the other: the same records give the same books, on any machine.
 * Nothing else changes them. Not thread-safe: the accountant's.
 */
public final class Books {
    /** Process starts times shards; each is 40 bytes. Logs beyond halt. */
    public static final int LOGS_MAX = 5_000_000;

    private final Accounts accounts = new Accounts();
    private final Map<LogShard, Long> highWaters = new HashMap<>();
    private final Set<Bytes> payees = new HashSet<>();
    private final BlockBook blocks = new BlockBook();
    private final Ledger ledger = new Ledger();
    private final DayBook day = new DayBook();
    private final PayoutBook payouts = new PayoutBook();
    private final PreferenceBook preferences = new PreferenceBook();
    private final RequestBook requests = new RequestBook();
    private final Set<Integer> touched = new HashSet<>();
    private final WorkBook work;
    private BigInteger rewards = BigInteger.ZERO;
    private BigInteger otherMoney = BigInteger.ZERO;
    private Optional<HeldCompared> compared = Optional.empty();
    private Consumer<Step> steps = step -> {};

    /** @param windowBlocks expected blocks that the PPLNS window holds */
    public Books(int windowBlocks) {
        work = new WorkBook(windowBlocks);
    }

    /** Takes the next record; throws IllegalStateException when it cannot follow the ones before. */
    public void apply(JournalRecord record) {
        switch (record) {
            case AccountOpened opened -> accounts.open(opened);
            case SliceSealed slice -> seal(slice);
            case BlockRegistered block -> register(block);
            case BlockMoved moved -> move(moved);
            case PayeeNamed named -> payees.add(named.script());
            case SlicesFolded folded -> work.fold(folded);
            case HeldCompared held -> compare(held);
            case PotFunded funded -> fund(funded);
            case PotShared shared -> share(shared);
            case Corrected corrected -> correct(corrected);
            case PayoutPlanned planned -> {
                take(PayoutSteps.plan(planned));
                payouts.plan(planned);
            }
            case PayoutMoved moved -> pay(moved);
            case PreferenceDecided decided -> decide(decided);
        }
    }

    /**
     * Throws IllegalStateException or ArithmeticException when a record that a person or a payer asks for could not be
     * applied now: it must not get into the journal then. Of other records nothing is said.
     */
    public void check(JournalRecord record) {
        switch (record) {
            case PotFunded funded -> {
                requests.requireNew(funded.request());
                ledger.check(fundStep(funded));
            }
            case Corrected corrected -> {
                requests.requireNew(corrected.request());
                ledger.check(new Step(corrected.transfers()));
            }
            case PayoutPlanned planned -> {
                payouts.check(planned);
                ledger.check(PayoutSteps.plan(planned));
            }
            case PayoutMoved moved -> {
                PayoutPlanned planned = payouts.check(moved).planned();
                PayoutSteps.move(planned, moved).ifPresent(ledger::check);
            }
            case PreferenceDecided decided -> preferences.check(decided);
            default -> {}
        }
    }

    /** Who hears of every step that is applied from now on. */
    public void onStep(Consumer<Step> listener) {
        steps = listener;
    }

    /** The same, for reading a journal. */
    public void visit(JournalHead at, JournalRecord record) {
        apply(record);
    }

    /** Whether the pool's coinbases ever paid this script. */
    public boolean isPayee(Bytes script) {
        return payees.contains(script);
    }

    private void compare(HeldCompared held) {
        Money owed = ledger.totals().miners().owed();
        if (!held.owed().equals(owed) || !held.pot().equals(ledger.balance(Pool.POT))) {
            throw new IllegalStateException(
                    "at block " + held.tip() + " the record says " + held.owed() + " is owed, the ledger " + owed);
        }
        compared = Optional.of(held);
        day.tick(held);
    }

    private void fund(PotFunded funded) {
        requests.add(funded.request());
        take(new Step(
                List.of(new Transfer(funded.fromFee() ? Pool.FEE_AVAILABLE : Pool.WALLET, Pool.POT, funded.amount()))));
        if (!funded.fromFee()) {
            otherMoney = otherMoney.add(funded.amount().toFractions());
        }
    }

    private static Step fundStep(PotFunded funded) {
        return new Step(
                List.of(new Transfer(funded.fromFee() ? Pool.FEE_AVAILABLE : Pool.WALLET, Pool.POT, funded.amount())));
    }

    private void share(PotShared shared) {
        PlanTrees.check(PlanHead.potSubject(shared.day()), shared.plan(), accounts);
        day.share(shared);
        take(new Step(shared.plan().credits().stream()
                .map(credit -> new Transfer(Pool.POT, new Miner(credit.account(), Part.AVAILABLE), credit.amount()))
                .toList()));
    }

    private void correct(Corrected corrected) {
        requests.add(corrected.request());
        take(new Step(corrected.transfers()));
        for (Transfer transfer : corrected.transfers()) {
            BigInteger amount = transfer.amount().toFractions();
            otherMoney = transfer.debit().isAsset() ? otherMoney.add(amount) : otherMoney;
            otherMoney = transfer.credit().isAsset() ? otherMoney.subtract(amount) : otherMoney;
        }
    }

    private void pay(PayoutMoved moved) {
        PayoutPlanned planned = planned(moved);
        payouts.move(moved);
        PayoutSteps.move(planned, moved).ifPresent(this::take);
        if (moved.to() == PayoutState.CONFIRMED) {
            for (int i = 0; i < planned.lines().size(); i++) {
                BigInteger amount = planned.lines().get(i).sent().toFractions();
                BigInteger charge = moved.charges().isEmpty()
                        ? BigInteger.ZERO
                        : moved.charges().get(i).toFractions();
                otherMoney = otherMoney.subtract(amount.subtract(charge));
            }
            otherMoney = otherMoney.subtract(moved.networkFee().toFractions());
        }
    }

    private void decide(PreferenceDecided decided) {
        if (decided.account() >= accounts.size()) {
            throw new IllegalStateException("no account has the index " + decided.account());
        }
        preferences.decide(decided);
    }

    private PayoutPlanned planned(PayoutMoved moved) {
        return payouts.find(moved.number())
                .orElseThrow(() -> new IllegalStateException("payout " + moved.number() + " is not under way"))
                .planned();
    }

    private void seal(SliceSealed slice) {
        work.requireNext(slice);
        slice.ranges().forEach(this::raise);
        work.seal(slice);
        day.add(slice);
    }

    private void raise(LogRange range) {
        if (range.from() != highWater(range.source()).orElse(0)) {
            throw new IllegalStateException(
                    "range from " + range.from() + " of log " + range.source() + " does not begin at its high-water");
        }
        highWaters.put(range.source(), range.to());
    }

    private void register(BlockRegistered block) {
        block.range().ifPresent(this::raise);
        if (!blocks.add(block)) {
            return;
        }
        block.plan().ifPresent(plan -> PlanTrees.check(block.hash().internal(), plan, accounts));
        if (block.standing() == JournalRecord.Standing.IMMATURE) {
            block.plan().ifPresent(plan -> take(BlockSteps.credit(plan)));
            rewards = rewards.add(block.gross().toFractions());
        }
    }

    private void move(BlockMoved moved) {
        KnownBlock block = blocks.move(moved);
        BlockPlan plan = block.registered()
                .plan()
                .orElseThrow(() -> new IllegalStateException("block " + moved.hash() + " has no plan to move"));
        take(BlockSteps.move(plan, moved.from(), moved.to()));
        BigInteger gross = block.gross().toFractions();
        switch (moved.to()) {
            case IMMATURE -> rewards = rewards.add(gross);
            case ORPHANED -> rewards = rewards.subtract(gross);
            case MATURE, REFUSED -> {}
        }
    }

    private void take(Step step) {
        ledger.apply(step);
        steps.accept(step);
        for (Transfer transfer : step.transfers()) {
            touch(transfer.debit());
            touch(transfer.credit());
        }
    }

    private void touch(LedgerAccount account) {
        if (account instanceof Miner miner) {
            touched.add(miner.account());
        }
    }

    public Accounts accounts() {
        return accounts;
    }

    public Ledger ledger() {
        return ledger;
    }

    public BlockBook blocks() {
        return blocks;
    }

    /** Up to where a log is journaled; empty when nothing of it is. */
    public OptionalLong highWater(LogShard source) {
        Long mark = highWaters.get(source);
        return mark == null ? OptionalLong.empty() : OptionalLong.of(mark);
    }

    public Map<LogShard, Long> highWaters() {
        return Map.copyOf(highWaters);
    }

    public int logs() {
        return highWaters.size();
    }

    /** What was sealed of work. */
    public WorkBook work() {
        return work;
    }

    /** Number of the last sealed slice. */
    public long slices() {
        return work.slices();
    }

    public long shares() {
        return work.shares();
    }

    public BigInteger workUnits() {
        return work.workUnits();
    }

    /** Rewards of all blocks that are credited now. */
    public Money rewards() {
        return Money.ofFractions(rewards);
    }

    RequestBook requests() {
        return requests;
    }

    void restoreMark(LogShard source, long mark) {
        highWaters.put(source, mark);
    }

    Sums sums() {
        return new Sums(
                work.slices(),
                work.shares(),
                work.workUnits(),
                rewards,
                otherMoney,
                work.recentNbits(),
                List.copyOf(payees));
    }

    void restore(Sums sums, Optional<HeldCompared> held) {
        work.restore(sums.slices, sums.shares, sums.workUnits, sums.recentNbits);
        rewards = sums.rewards;
        otherMoney = sums.otherMoney;
        payees.addAll(sums.payees);
        compared = held;
    }

    /** The single values among the books. */
    record Sums(
            long slices,
            long shares,
            BigInteger workUnits,
            BigInteger rewards,
            BigInteger otherMoney,
            List<Nbits> recentNbits,
            List<Bytes> payees) {}

    /** What the pool has to have by everything that came in and went out, in 10^-12 satoshi: its assets are that much. */
    public BigInteger explainedAssets() {
        return rewards.add(otherMoney);
    }

    /** The newest comparison of what is owed with what there is. */
    public Optional<HeldCompared> compared() {
        return compared;
    }

    /** The running day, and the one that is over. */
    public DayBook day() {
        return day;
    }

    public PayoutBook payouts() {
        return payouts;
    }

    public PreferenceBook preferences() {
        return preferences;
    }

    /** Whether this request was done. */
    public boolean knowsRequest(Bytes request) {
        return requests.knows(request);
    }

    /** Accounts whose balance changed since the last call. */
    public Set<Integer> drainTouched() {
        Set<Integer> changed = Set.copyOf(touched);
        touched.clear();
        return changed;
    }
}
