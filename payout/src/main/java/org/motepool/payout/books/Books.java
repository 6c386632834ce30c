package org.motepool.payout.books;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.JournalHead;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.BlockMoved;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PayeeNamed;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.LogRange;
import org.motepool.payout.journal.SliceCell;
import org.motepool.payout.ledger.Ledger;
import org.motepool.payout.ledger.Step;
import org.motepool.payout.scheme.Pplns;
import org.motepool.payout.scheme.SliceWork;

/**
 * The state that the journal's records make, one after the other: the same records give the same books, on any machine.
 * Nothing else changes them. Not thread-safe: the accountant's.
 */
public final class Books {
    /** Network targets remembered, to tell a new one from late work of an old one. */
    static final int NBITS_KEPT_MAX = 16;
    /** Process starts times shards; each is 40 bytes. Logs beyond halt. */
    public static final int LOGS_MAX = 5_000_000;

    private final Accounts accounts = new Accounts();
    private final Map<LogShard, Long> highWaters = new HashMap<>();
    private final Set<Nbits> recentNbits = new LinkedHashSet<>();
    private final Set<Bytes> payees = new HashSet<>();
    private final BlockBook blocks = new BlockBook();
    private final Ledger ledger = new Ledger();
    private final Set<Integer> touched = new HashSet<>();
    private final SliceWindow window;
    private long slices;
    private long shares;
    private BigInteger workUnits = BigInteger.ZERO;
    private BigInteger rewards = BigInteger.ZERO;

    /** @param windowBlocks expected blocks that the PPLNS window holds */
    public Books(int windowBlocks) {
        window = new SliceWindow(Pplns.ofBlocks(windowBlocks).windowScore());
    }

    /** Takes the next record; throws IllegalStateException when it cannot follow the ones before. */
    public void apply(JournalRecord record) {
        switch (record) {
            case AccountOpened opened -> accounts.open(opened);
            case SliceSealed slice -> seal(slice);
            case BlockRegistered block -> register(block);
            case BlockMoved moved -> move(moved);
            case PayeeNamed named -> payees.add(named.script());
        }
    }

    /** The same, for reading a journal. */
    public void visit(JournalHead at, JournalRecord record) {
        apply(record);
    }

    /** Whether the pool's coinbases ever paid this script. */
    public boolean isPayee(Bytes script) {
        return payees.contains(script);
    }

    private void seal(SliceSealed slice) {
        if (slice.number() != slices + 1) {
            throw new IllegalStateException("slice " + slice.number() + " does not follow slice " + slices);
        }
        slice.ranges().forEach(this::raise);
        List<SliceWork.Cell> pplns = new ArrayList<>(slice.cells().size());
        for (SliceCell cell : slice.cells()) {
            remember(cell.nbits());
            workUnits = workUnits.add(BigInteger.valueOf(cell.workUnits()));
            if (cell.scheme() == Scheme.PPLNS) {
                pplns.add(new SliceWork.Cell(cell.nbits().tau(), cell.account(), cell.workUnits()));
            }
        }
        window.add(SliceWork.of(slice.number(), pplns));
        shares = Math.addExact(shares, slice.shares());
        slices = slice.number();
    }

    private void raise(LogRange range) {
        if (range.from() != highWater(range.source()).orElse(0)) {
            throw new IllegalStateException(
                    "range from " + range.from() + " of log " + range.source() + " does not begin at its high-water");
        }
        highWaters.put(range.source(), range.to());
    }

    private void remember(Nbits nbits) {
        if (recentNbits.add(nbits) && recentNbits.size() > NBITS_KEPT_MAX) {
            recentNbits.remove(recentNbits.iterator().next());
        }
    }

    private void register(BlockRegistered block) {
        raise(block.range());
        if (!blocks.add(block)) {
            return;
        }
        if (block.standing() == JournalRecord.Standing.IMMATURE) {
            block.plan().ifPresent(plan -> take(plan, BlockSteps.credit(plan)));
            rewards = rewards.add(block.gross().toFractions());
        }
    }

    private void move(BlockMoved moved) {
        KnownBlock block = blocks.move(moved);
        BlockPlan plan = block.registered()
                .plan()
                .orElseThrow(() -> new IllegalStateException("block " + moved.hash() + " has no plan to move"));
        take(plan, BlockSteps.move(plan, moved.from(), moved.to()));
        BigInteger gross = block.gross().toFractions();
        switch (moved.to()) {
            case IMMATURE -> rewards = rewards.add(gross);
            case ORPHANED -> rewards = rewards.subtract(gross);
            case MATURE, REFUSED -> {}
        }
    }

    private void take(BlockPlan plan, Step step) {
        ledger.apply(step);
        plan.credits().stream().map(PlannedCredit::account).forEach(touched::add);
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

    /** This target is one of the last that sealed work was done under. */
    public boolean knows(Nbits nbits) {
        return recentNbits.contains(nbits);
    }

    /** PPLNS work of the newest slices. */
    public Iterable<SliceWork> newestFirst() {
        return window.newestFirst();
    }

    /** Slices that the window keeps. */
    public int windowSlices() {
        return window.size();
    }

    /** Number of the last sealed slice. */
    public long slices() {
        return slices;
    }

    public long shares() {
        return shares;
    }

    public BigInteger workUnits() {
        return workUnits;
    }

    /** Rewards of all blocks that are credited now. */
    public Money rewards() {
        return Money.ofFractions(rewards);
    }

    /** Accounts whose balance changed since the last call. */
    public Set<Integer> drainTouched() {
        Set<Integer> changed = Set.copyOf(touched);
        touched.clear();
        return changed;
    }
}
