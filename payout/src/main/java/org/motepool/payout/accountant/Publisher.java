package org.motepool.payout.accountant;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogShard;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.KnownBlock;
import org.motepool.payout.journal.BlockPlan;
import org.motepool.payout.journal.BlockPlan.PlannedCredit;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PotShared;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.ReadModels;
import org.motepool.store.ReadModels.Credit;
import org.motepool.store.Statements.Line;
import org.motepool.store.Store;
import org.motepool.store.StoreException;

/**
 * Publishes what others read: how far logs are journaled, blocks, credits. What could not be written is kept and written
 * later. Not thread-safe: the accountant's.
 */
final class Publisher {
    /** Credits that are handed to the store at once. */
    private static final int CREDITS_BATCH_MAX = 1_000;

    private final Store store;
    private final Journal journal;
    private final Books books;
    private final StatementLines statement;
    private final Deque<PotShared> pots = new ArrayDeque<>();
    private final Map<LogShard, Long> marks = new HashMap<>();
    private final Set<Hash256> views = new LinkedHashSet<>();
    private final Set<Hash256> credits = new HashSet<>();

    Publisher(Store store, Journal journal, Books books) {
        this.store = store;
        this.journal = journal;
        this.books = books;
        this.statement = new StatementLines(journal.id(), books.accounts());
    }

    void markMoved(LogShard source) {
        marks.put(source, books.highWater(source).orElse(0));
    }

    void blockChanged(Hash256 hash) {
        views.add(hash);
        credits.add(hash);
    }

    void viewChanged(Hash256 hash) {
        views.add(hash);
    }

    /** Everything that the store should show is in doubt. */
    void allInDoubt() {
        marks.putAll(books.highWaters());
        books.blocks()
                .withPlan()
                .forEach(block -> blockChanged(block.registered().hash()));
    }

    boolean isDone() {
        return views.isEmpty() && credits.isEmpty() && marks.isEmpty() && pots.isEmpty();
    }

    /** Marks that moved; counts the heartbeat up. */
    void publishMarks() throws StoreException {
        store.journalMarks().publish(Map.copyOf(marks));
        marks.clear();
    }

    boolean hasMarks() {
        return !marks.isEmpty();
    }

    /** Blocks and credits that changed. */
    void publishBlocks(BlockDesk desk) throws StoreException {
        for (Hash256 hash : List.copyOf(views)) {
            Optional<KnownBlock> block = books.blocks().find(hash);
            if (block.isPresent()) {
                store.blocks().put(view(block.get(), desk.confirmations(hash)));
            }
            views.remove(hash);
        }
        for (Hash256 hash : List.copyOf(credits)) {
            Optional<KnownBlock> block = books.blocks().find(hash);
            if (block.isPresent()) {
                putCredits(block.get(), block.get().registered());
            }
            credits.remove(hash);
        }
    }

    /** A day's pot was shared. */
    void potShared(PotShared shared) {
        pots.addLast(shared);
    }

    /** Days of the pot that were shared. */
    void publishPots() throws StoreException {
        while (!pots.isEmpty()) {
            putLines(statement.of(pots.getFirst()));
            pots.removeFirst();
        }
    }

    /** Shows every block that ever was, from the journal: after the store was emptied. */
    void republishAll(BlockDesk desk) throws StoreException, JournalException {
        List<StoreException> failures = new ArrayList<>();
        journal.replay((at, record) -> {
            if (failures.isEmpty() && record instanceof BlockRegistered registered) {
                republish(registered, desk, failures);
            } else if (record instanceof PotShared shared) {
                potShared(shared);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void republish(BlockRegistered registered, BlockDesk desk, List<StoreException> failures) {
        Optional<KnownBlock> block = books.blocks().find(registered.hash());
        try {
            if (block.isPresent() && block.get().registered().range().equals(registered.range())) {
                store.blocks().put(view(block.get(), desk.confirmations(registered.hash())));
                putCredits(block.get(), registered);
            }
        } catch (StoreException e) {
            failures.add(e);
        }
    }

    private void putCredits(KnownBlock block, BlockRegistered registered) throws StoreException {
        Optional<BlockPlan> plan = registered.plan();
        if (plan.isEmpty()) {
            return;
        }
        store.readModels().putPlan(shown(registered, plan.get()));
        putLines(statement.of(block, registered));
        List<Credit> batch = new ArrayList<>();
        for (PlannedCredit credit : plan.get().credits()) {
            batch.add(new Credit(
                    books.accounts().id(credit.account()),
                    registered.hash().toDisplayHex(),
                    registered.height(),
                    // A credit that does not stand is shown as such, not forgotten.
                    block.isCredited() ? credit.amount() : Money.ZERO,
                    credit.weight().toString(),
                    plan.get().totalWeight().toString(),
                    registered.at()));
            if (batch.size() == CREDITS_BATCH_MAX) {
                store.readModels().putCredits(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            store.readModels().putCredits(List.copyOf(batch));
        }
    }

    private void putLines(List<Line> lines) throws StoreException {
        for (int from = 0; from < lines.size(); from += CREDITS_BATCH_MAX) {
            store.statements().put(lines.subList(from, Math.min(lines.size(), from + CREDITS_BATCH_MAX)));
        }
    }

    private ReadModels.Plan shown(BlockRegistered registered, BlockPlan plan) {
        List<ReadModels.Part> largest = plan.credits().stream()
                .sorted(Comparator.comparing(PlannedCredit::weight).reversed())
                .limit(ReadModels.Plan.LARGEST_MAX)
                .map(credit -> new ReadModels.Part(
                        books.accounts().address(credit.account()),
                        credit.amount(),
                        credit.weight().toString()))
                .toList();
        return new ReadModels.Plan(
                registered.hash().toDisplayHex(),
                plan.gross(),
                plan.feeBasisPoints(),
                plan.fee(),
                plan.windowBlocks(),
                plan.firstSlice(),
                plan.lastSlice(),
                plan.totalWeight().toString(),
                plan.credits().size(),
                largest);
    }

    private BlockView view(KnownBlock block, int confirmations) {
        BlockRegistered registered = block.registered();
        return new BlockView(
                registered.hash().toDisplayHex(),
                registered.height(),
                BlockDesk.shown(block.standing()),
                registered.scheme().name(),
                address(registered.finder()),
                registered.worker(),
                block.gross().plus(registered.finderPaid()),
                block.fee(),
                registered.nbits().toHex(),
                registered.at(),
                confirmations);
    }

    private String address(int finder) {
        return finder == BlockRegistered.NO_FINDER ? "" : books.accounts().address(finder);
    }
}
