package org.motepool.payout.accountant;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.wallet.Wallet;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.PayoutStatus;
import org.motepool.payout.PayoutTotals;
import org.motepool.payout.block.BlockPlanner;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.Snapshots;
import org.motepool.payout.journal.FileJournal;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.BlockRegistered;
import org.motepool.payout.journal.JournalRecord.PayeeNamed;
import org.motepool.payout.payer.PaymentBooks;
import org.motepool.payout.preference.PreferenceListener;
import org.motepool.payout.preference.RequestJudge;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the accountant's work, turn by turn, always in this order: journal forced, books, balances in the store, marks,
 * trimming, views. A crash between any two is mended at the next start by the journal alone. One thread calls {@link
 * #turn}; {@link #status} and {@link #totals} may be called from any.
 */
public final class Accountant {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** Outboxes send again while the heartbeat moves and marks do not: a long wait for a verdict must not cause that. */
    private static final Duration HEARTBEAT_WAITING_MAX = Duration.ofSeconds(5);
    /** Between two looks at a store that holds another journal's balances. */
    private static final Duration FOREIGN_RETRY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Accountant.class);

    private final PayoutSettings settings;
    private final Journal journal;
    private final Books books;
    private final Store store;
    private final PoolClock clock;
    private final PayoutMetrics metrics;
    private final Recorder recorder;
    private final BlockDesk desk;
    private final CoinDesk coins;
    private final PotDesk pot;
    private final PaymentDesk payments;
    private final RequestDesk requests;
    private final PaymentShow shown;
    private final BalancesCopy copy;
    private final Publisher publisher;
    private final Verifier verifier;
    private final SliceDesk slices;
    private final Bulletin bulletin;
    private String halted = "";
    private String foreignStore = "";
    private boolean storeAway;
    private boolean attached;
    private boolean verifyDue;
    private long interruptions;
    private int blocksSinceSnapshot;
    private long nextBeat;
    private long nextAttach;
    private volatile PayoutStatus status;
    private volatile PayoutTotals totals;

    /** @param books made from this journal's records */
    public Accountant(
            PayoutSettings settings,
            Journal journal,
            Books books,
            Chain chain,
            Store store,
            PoolClock clock,
            CollectorRegistry registry) {
        this(settings, journal, books, chain, Optional.empty(), store, clock, registry);
    }

    /** @param wallet that miners are paid from */
    public Accountant(
            PayoutSettings settings,
            Journal journal,
            Books books,
            Chain chain,
            Optional<Wallet> wallet,
            Store store,
            PoolClock clock,
            CollectorRegistry registry) {
        this.settings = settings;
        this.journal = journal;
        this.books = books;
        this.store = store;
        this.clock = clock;
        this.metrics = new PayoutMetrics(registry);
        this.recorder = new Recorder(journal, books, clock, metrics);
        BlockDesk.Parts parts = new BlockDesk.Parts(chain, clock, books, recorder, metrics);
        this.desk = new BlockDesk(
                parts,
                new BlockPlanner(settings.network(), settings.payeeScript(), settings.windowBlocks()),
                settings.patience(),
                settings.blockPoll(),
                settings.terms().feeBasisPoints());
        this.publisher = new Publisher(store, journal, books);
        this.pot = new PotDesk(settings.dataDir(), parts);
        HeldCoins held = new HeldCoins(chain, wallet, settings.terms().payeeAddress(), books);
        this.coins = new CoinDesk(parts, held, settings.terms(), settings.blockPoll(), publisher::potShared);
        this.shown = new PaymentShow(store.payments(), journal, books);
        this.payments = new PaymentDesk(books, recorder, () -> halted, this::hold, shown::journaled);
        this.requests = new RequestDesk(new RequestJudge(journal.id(), settings.network()), parts, store);
        this.copy = new BalancesCopy(store.balances(), journal, books);
        this.verifier = new Verifier(books, store.balances(), clock, metrics);
        this.slices = new SliceDesk(settings, parts, desk, publisher, copy, store);
        this.bulletin = new Bulletin(journal, books, desk, slices, clock);
        this.nextBeat = clock.nanos();
        this.nextAttach = clock.nanos();
        this.status = look();
        this.totals = bulletin.totals();
    }

    /** To be called once, before the first turn: from now on the journal knows whom the pool's coinbases pay. */
    public void begin() throws JournalException {
        if (!books.isPayee(settings.payeeScript())) {
            recorder.record(List.of(new PayeeNamed(settings.payeeScript(), clock.epochMillis())));
        }
        coins.shareOverdueDay();
    }

    /**
     * One turn: reads what there is, waiting up to {@code wait} for it, and does what is due.
     *
     * @param hurry seal at once what was read
     * @return false when there was nothing to do and the caller may pause
     * @throws JournalException when the journal cannot be written: then all is over until a restart
     */
    public boolean turn(Duration wait, boolean hurry) throws JournalException {
        boolean busy = false;
        try {
            servePayments();
            followBlocks();
            busy = attach() && work(wait, hurry);
            storeAway = false;
        } catch (StoreException e) {
            storeFailed(e);
        } finally {
            metrics.haltedLogs.set(slices.halted().size());
            status = look();
        }
        return busy;
    }

    /** How payers reach the books. Thread-safe. */
    public PaymentBooks payments() {
        return payments;
    }

    /** Who hears of what owners of addresses decide from now on; to be called before the first turn. */
    public void onDecision(PreferenceListener listener) {
        requests.setListener(listener);
    }

    /** Who hears of every record that is journaled from now on; to be called before the first turn. */
    public void onJournaled(JournalListener listener) {
        recorder.setListener(listener);
    }

    /** No payer is answered any more: the accountant stops. */
    public void closePayments(String reason) {
        payments.close(reason);
    }

    private String hold() {
        PayoutStatus now = status;
        return now.mayPay() ? "" : now.halted() + now.breach();
    }

    private void servePayments() throws JournalException, StoreException {
        if (payments.serve()) {
            creditsChanged();
            copy.push();
        }
    }

    private void storeFailed(StoreException e) {
        metrics.writeFailures.labels("store").inc();
        if (!storeAway) {
            LOG.warn("the store does not answer, credits wait for it, nothing is lost: {}", e.getMessage());
        }
        storeAway = true;
        attached = false;
        copy.doubt();
    }

    private boolean attach() throws StoreException, JournalException {
        if (store.interruptions() != interruptions) {
            // What was written last may be lost with the server, without a call that failed.
            attached = false;
        }
        if (attached && copy.isInStep()) {
            return true;
        }
        if (clock.nanos() < nextAttach) {
            return false;
        }
        long seen = store.interruptions();
        try {
            BalancesCopy.Attached how = copy.attach();
            foreignStore = "";
            slices.readAnew();
            publisher.allInDoubt();
            requests.allInDoubt();
            shown.allInDoubt();
            if (how == BalancesCopy.Attached.REBUILT_EMPTY) {
                publisher.republishAll(desk);
            }
            interruptions = seen;
            attached = true;
            verifyDue = true;
            return true;
        } catch (ForeignStoreException e) {
            if (foreignStore.isEmpty()) {
                LOG.error("payout refuses this store: {}", e.getMessage());
            }
            foreignStore = String.valueOf(e.getMessage());
            attached = false;
            nextAttach = clock.nanos() + FOREIGN_RETRY.toNanos();
            return false;
        }
    }

    private boolean work(Duration wait, boolean hurry) throws StoreException, JournalException {
        boolean busy = false;
        verify();
        if (halted.isEmpty() && requests.look()) {
            copy.push();
        }
        busy |= slices.read(wait);
        if (desk.waiting().isPresent()) {
            decideBlock();
            busy |= desk.waiting().isEmpty();
        }
        busy |= slices.sealDue(hurry && !busy);
        verify();
        publish();
        return busy;
    }

    private void decideBlock() throws JournalException, StoreException {
        if (!halted.isEmpty()) {
            return;
        }
        Optional<BlockRegistered> registered = desk.decide();
        if (registered.isPresent()) {
            registered.get().range().map(LogRange::source).ifPresent(publisher::markMoved);
            publisher.blockChanged(registered.get().hash());
            creditsChanged();
            copy.push();
            snapshot();
        }
    }

    /** Not needed to be right, only to start fast: one that fails is told and made up for by the next. */
    private void snapshot() {
        if (++blocksSinceSnapshot < settings.snapshotBlocks()) {
            return;
        }
        blocksSinceSnapshot = 0;
        try {
            Snapshots.write(
                    FileJournal.directoryIn(settings.dataDir()),
                    journal.id(),
                    journal.head(),
                    settings.windowBlocks(),
                    books);
        } catch (IOException e) {
            metrics.writeFailures.labels("snapshot").inc();
            LOG.warn("no snapshot of the books at record {}: {}", journal.head().sequence(), e.getMessage());
        }
    }

    private void followBlocks() throws JournalException, StoreException {
        if (!halted.isEmpty()) {
            return;
        }
        List<Hash256> moved = desk.follow();
        moved.forEach(publisher::blockChanged);
        if (!moved.isEmpty()) {
            creditsChanged();
        }
        long before = journal.head().sequence();
        boolean shared = coins.look();
        boolean funded = pot.look();
        if (shared || funded) {
            creditsChanged();
        }
        if (journal.head().sequence() != before || !moved.isEmpty()) {
            copy.push();
        }
    }

    private void creditsChanged() {
        verifyDue = true;
        coins.owedChanged();
        totals = bulletin.totals();
    }

    private void verify() throws StoreException {
        if (!verifyDue || !copy.isInStep()) {
            return;
        }
        Optional<String> wrong = verifier.verify();
        if (wrong.isPresent()) {
            // A store that was emptied meanwhile differs, too: that is no defect, and mended by the next attach.
            copy.look();
        }
        if (!copy.isInStep()) {
            return;
        }
        verifyDue = false;
        wrong.ifPresent(reason -> {
            halted = reason;
            LOG.error("credits are halted: {}", reason);
        });
    }

    private void publish() throws StoreException, JournalException {
        boolean beat = clock.nanos() >= nextBeat && desk.waitingNanos() < HEARTBEAT_WAITING_MAX.toNanos();
        if (beat || publisher.hasMarks()) {
            publisher.publishMarks();
            slices.trim();
        }
        if (clock.nanos() >= nextBeat) {
            desk.immature().forEach(publisher::viewChanged);
            store.readModels().putPayoutState(bulletin.state(halted));
            copy.look();
            nextBeat = clock.nanos() + HEARTBEAT.toNanos();
        }
        publisher.publishBlocks(desk);
        publisher.publishPots();
        requests.publish();
        shown.publish();
    }

    /** The logs are journaled up to these ends, no block waits, and the store shows it all. */
    public boolean hasSettled(Map<LogShard, Long> ends) {
        return slices.isEmpty()
                && desk.waiting().isEmpty()
                && !coins.isDue()
                && attached
                && copy.isInStep()
                && publisher.isDone()
                && requests.isDone()
                && shown.isDone()
                && ends.entrySet().stream()
                        .allMatch(end -> books.highWater(end.getKey()).orElse(0) >= end.getValue());
    }

    public PayoutStatus status() {
        return status;
    }

    public PayoutTotals totals() {
        return totals;
    }

    private PayoutStatus look() {
        return bulletin.status(halted.isEmpty() ? foreignStore : halted, attached && copy.isInStep());
    }
}
