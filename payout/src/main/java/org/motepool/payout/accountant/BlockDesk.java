package org.motepool.payout.accountant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.Chain.ChainBlock;
import org.motepool.chain.Chain.ChainTip;
import org.motepool.chain.ChainException;
import org.motepool.chain.template.CoinbaseTag;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.sharelog.LogRecord.BlockFound;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.block.BlockJudge;
import org.motepool.payout.block.BlockPlanner;
import org.motepool.payout.block.BlockVerdict;
import org.motepool.payout.block.BlockWatch;
import org.motepool.payout.block.ChainScan;
import org.motepool.payout.books.Books;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.AccountOpened;
import org.motepool.payout.journal.JournalRecord.BlockMoved;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.Standing;
import org.motepool.payout.slice.OpenSlice;
import org.motepool.store.Blocks;
import org.motepool.store.Blocks.BlockView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes found blocks from their BLOCK entry to maturity. While one waits for the chain's verdict nothing else is read:
 * the slice was sealed for it, and a restart must come to the same plan. Not thread-safe: the accountant's.
 */
final class BlockDesk {
    /** Reports behind the one that waits; more are told nothing of their age and wait the whole patience. */
    private static final int SIGHTED_MAX = 1_024;

    /** Between two questions about a reported block. */
    private static final Duration ASK_EVERY = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(BlockDesk.class);

    private final Chain chain;
    private final PoolClock clock;
    private final Duration patience;
    private final Duration poll;
    private final BlockPlanner planner;
    private final BlockWatch watch;
    private final int feeBasisPoints;
    private Optional<ChainScan> scan = Optional.empty();
    private final Books books;
    private final Recorder recorder;
    private final PayoutMetrics metrics;
    /** When reports were first read that have not had their turn; while nodes do not answer, none has been seen. */
    private final Map<Hash256, Long> sighted = new HashMap<>();

    private Optional<Waiting> waiting = Optional.empty();
    private long nextLook;
    private boolean chainAway;

    /** @param feeBasisPoints of a block that only the chain tells of */
    BlockDesk(Parts parts, BlockPlanner planner, Duration patience, Duration poll, int feeBasisPoints) {
        this.feeBasisPoints = feeBasisPoints;
        this.chain = parts.chain();
        this.clock = parts.clock();
        this.patience = patience;
        this.poll = poll;
        this.planner = planner;
        this.watch = new BlockWatch(chain);
        this.books = parts.books();
        this.recorder = parts.recorder();
        this.metrics = parts.metrics();
        this.nextLook = clock.nanos();
    }

    /** The entry of the block that waits for its verdict. */
    Optional<WorkEntry> waiting() {
        return waiting.map(Waiting::entry);
    }

    /** How long it has been waiting, in nanoseconds. */
    long waitingNanos() {
        return waiting.map(each -> clock.nanos() - each.since).orElse(0L);
    }

    int confirmations(Hash256 hash) {
        return watch.confirmations(hash);
    }

    /** The report of a block was read that must wait for those before it: what is old at its turn need not wait again. */
    void sight(BlockFound found) {
        if (sighted.size() < SIGHTED_MAX) {
            sighted.putIfAbsent(found.header().hash(), clock.nanos());
        }
    }

    /** A BLOCK entry was reached, and the slice before it sealed. */
    BlockView begin(WorkEntry entry) {
        BlockFound found = entry.block().orElseThrow();
        Hash256 hash = found.header().hash();
        Long seen = sighted.remove(hash);
        long since = seen == null ? clock.nanos() : seen;
        BlockJudge judge = new BlockJudge(chain, clock, patience, hash, found.height(), since);
        waiting = Optional.of(new Waiting(entry, judge, clock.nanos(), clock.epochMillis()));
        metrics.blocks.labels("submitted").inc();
        return new BlockView(
                hash.toDisplayHex(),
                found.height(),
                Blocks.State.SUBMITTED,
                found.scheme().name(),
                found.finder(),
                found.worker(),
                Money.ZERO,
                Money.ZERO,
                found.header().nbits().toHex(),
                clock.epochMillis(),
                0);
    }

    /** Asks for the verdict when it is time to, and registers the block when there is one. */
    Optional<BlockRegistered> decide() throws JournalException {
        if (waiting.isEmpty() || clock.nanos() < waiting.get().nextAsk) {
            return Optional.empty();
        }
        Waiting now = waiting.get();
        now.nextAsk = clock.nanos() + ASK_EVERY.toNanos();
        Optional<BlockVerdict> verdict;
        if (books.blocks().find(now.hash()).isPresent()) {
            // The chain told of it first, or another node of the pool did; nobody need be asked again.
            verdict = Optional.of(new BlockVerdict.OffChain(Optional.empty(), "reported before"));
        } else {
            try {
                verdict = now.judge.ask();
                chainAnswered();
            } catch (ChainException e) {
                chainFailed(e);
                return Optional.empty();
            }
        }
        if (verdict.isEmpty()) {
            return Optional.empty();
        }
        BlockRegistered registered = register(now, verdict.get());
        waiting = Optional.empty();
        watch.lookAgain();
        return Optional.of(registered);
    }

    private BlockRegistered register(Waiting now, BlockVerdict verdict) throws JournalException {
        WorkEntry entry = now.entry;
        Map<AccountId, String> declared = new LinkedHashMap<>();
        entry.addresses().forEach(address -> declared.put(AccountId.ofCanonicalAddress(address), address));
        String finder = entry.block().orElseThrow().finder();
        AccountId id = AccountId.ofCanonicalAddress(finder);
        declared.put(id, finder);
        List<AccountOpened> opened = OpenSlice.newAccounts(declared, books.accounts());
        if (!opened.isEmpty()) {
            recorder.record(opened);
        }
        int index = books.accounts().indexOf(id).orElseThrow();
        BlockRegistered registered = planner.register(entry, verdict, books, index, now.at);
        recorder.record(List.of(registered));
        count(registered.standing());
        LOG.info(
                "block {} at height {}: {}{}",
                registered.hash(),
                registered.height(),
                registered.standing() == Standing.IMMATURE ? "credited " + registered.gross() : "not credited, ",
                registered.reason());
        return registered;
    }

    /**
     * Looks after registered blocks when it is time to, and for ones that no log has told of.
     *
     * @return blocks that were registered, or whose standing was changed
     */
    List<Hash256> follow() throws JournalException {
        if (clock.nanos() < nextLook) {
            return List.of();
        }
        nextLook = clock.nanos() + poll.toNanos();
        List<BlockWatch.Move> moves;
        List<ChainBlock> unreported;
        try {
            moves = watch.look(books.blocks());
            unreported = unreported();
            chainAnswered();
        } catch (ChainException e) {
            chainFailed(e);
            return List.of();
        }
        List<Hash256> moved = new ArrayList<>();
        for (BlockWatch.Move move : moves) {
            Hash256 hash = move.block().registered().hash();
            recorder.record(List.of(new BlockMoved(hash, move.block().standing(), move.to(), clock.epochMillis())));
            count(move.to());
            LOG.info("block {} went from {} to {}", hash, move.block().standing(), move.to());
            moved.add(hash);
        }
        for (ChainBlock block : unreported) {
            registerSeen(block).ifPresent(moved::add);
        }
        return moved;
    }

    private List<ChainBlock> unreported() throws ChainException {
        ChainTip tip = chain.tip();
        if (scan.isEmpty()) {
            // What came while no accountant looked is in the journal's last comparison; before the first there was no
            // log.
            int seen = books.compared().map(HeldCompared::height).orElse(tip.height());
            int maturity = chain.parameters().coinbaseMaturity();
            scan = Optional.of(new ChainScan(chain, books::isPayee, Math.min(seen, tip.height()) - maturity));
        }
        scan.get().look(tip);
        return scan.get().overdue(tip, this::isReported, this::isKnown);
    }

    private boolean isReported(Hash256 hash) {
        return books.blocks().find(hash).isPresent()
                || waiting.flatMap(each -> each.entry.block())
                        .filter(found -> found.header().hash().equals(hash))
                        .isPresent();
    }

    private boolean isKnown(CoinbaseTag tag) {
        return books.highWaters().keySet().stream().anyMatch(source -> tag.isOf(source.log()));
    }

    private Optional<Hash256> registerSeen(ChainBlock block) throws JournalException {
        BlockRegistered registered;
        try {
            registered = planner.registerSeen(block, books, feeBasisPoints, clock.epochMillis());
        } catch (MalformedBytesException e) {
            LOG.warn("block {} looks like one of ours and cannot be planned: {}", block.hash(), e.getMessage());
            return Optional.empty();
        }
        recorder.record(List.of(registered));
        count(registered.standing());
        watch.lookAgain();
        LOG.warn(
                "block {} at height {} is ours and no log has told of it for half of maturity: credited {}",
                registered.hash(),
                registered.height(),
                registered.gross());
        return Optional.of(registered.hash());
    }

    /** Blocks whose confirmations are worth showing. */
    List<Hash256> immature() {
        return books.blocks().withPlan().stream()
                .filter(block -> block.standing() == Standing.IMMATURE)
                .map(block -> block.registered().hash())
                .toList();
    }

    private void count(Standing standing) {
        String state = switch (standing) {
            case IMMATURE -> "accepted";
            case MATURE -> "matured";
            case ORPHANED -> "orphaned";
            case REFUSED -> "rejected";
        };
        metrics.blocks.labels(state).inc();
    }

    static Blocks.State shown(Standing standing) {
        return switch (standing) {
            case IMMATURE -> Blocks.State.IMMATURE;
            case MATURE -> Blocks.State.MATURE;
            case ORPHANED -> Blocks.State.ORPHANED;
            case REFUSED -> Blocks.State.REFUSED;
        };
    }

    private void chainFailed(ChainException e) {
        if (!chainAway) {
            LOG.warn("no node answers about blocks, will ask again: {}", e.getMessage());
        }
        chainAway = true;
        sighted.clear();
    }

    private void chainAnswered() {
        chainAway = false;
    }

    /** What the desk works with. */
    record Parts(Chain chain, PoolClock clock, Books books, Recorder recorder, PayoutMetrics metrics) {}

    private static final class Waiting {
        private final WorkEntry entry;
        private final BlockJudge judge;
        private final long since;
        private final long at;
        private long nextAsk;

        private Waiting(WorkEntry entry, BlockJudge judge, long since, long at) {
            this.entry = entry;
            this.judge = judge;
            this.since = since;
            this.at = at;
            this.nextAsk = since;
        }

        private WorkEntry entry() {
            return entry;
        }

        private Hash256 hash() {
            return entry.block().orElseThrow().header().hash();
        }
    }
}
