package org.motepool.payout.accountant;

import io.prometheus.client.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PreferenceBook;
import org.motepool.payout.books.PreferenceBook.Notices;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;
import org.motepool.payout.preference.Judgement;
import org.motepool.payout.preference.PreferenceListener;
import org.motepool.payout.preference.RequestJudge;
import org.motepool.store.Preferences.Change;
import org.motepool.store.Preferences.Standing;
import org.motepool.store.Preferences.Value;
import org.motepool.store.Requests.Outcome;
import org.motepool.store.Requests.Request;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what owners of addresses ask for. A decision is journaled, shown in the store, then its request is settled; a
 * crash between is seen by the text, which the books know. Not thread-safe: the accountant's.
 */
final class RequestDesk {
    /** At one look: a signature takes about a millisecond of the accountant's time, a decision one force of the journal. */
    static final int TAKEN_MAX = 16;

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Accounts that are shown at one look; after the store was lost there may be many. */
    private static final int SHOWN_MAX = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);

    private final RequestJudge judge;
    private final PoolClock clock;
    private final Books books;
    private final Recorder recorder;
    private final Store store;
    private final Counter results;
    private final Set<Integer> toShow = new LinkedHashSet<>();
    private PreferenceListener listener = (record, before) -> {};
    private long nextLook;
    private long shownAt;

    RequestDesk(RequestJudge judge, BlockDesk.Parts parts, Store store) {
        this.judge = judge;
        this.clock = parts.clock();
        this.books = parts.books();
        this.recorder = parts.recorder();
        this.store = store;
        this.results = parts.metrics().requests;
        this.nextLook = clock.nanos();
        this.shownAt = clock.epochMillis();
    }

    void setListener(PreferenceListener newListener) {
        listener = newListener;
    }

    /** What the store shows is in doubt. */
    void allInDoubt() {
        toShow.addAll(books.preferences().accounts());
    }

    boolean isDone() {
        return toShow.isEmpty();
    }

    /** Looks when it is time to; tells whether anything was journaled. */
    boolean look() throws JournalException, StoreException {
        if (clock.nanos() < nextLook) {
            return false;
        }
        nextLook = clock.nanos() + LOOK_EVERY.toNanos();
        boolean decided = false;
        for (Request request : store.requests().waiting(TAKEN_MAX)) {
            decided |= take(request);
        }
        return decided;
    }

    private boolean take(Request request) throws JournalException, StoreException {
        Judgement judgement = judge(request);
        String reason = "";
        switch (judgement) {
            case Judgement.Accepted(PreferenceDecided record) -> {
                decide(record);
                // Before its outcome: who knows that and writes the next text finds the last nonce.
                show(List.of(record.account()));
            }
            case Judgement.Known() -> LOG.info("request {} was done before", request.id());
            case Judgement.Refused(String why) -> {
                reason = why;
                LOG.info("request {} for {} is refused: {}", request.id(), request.address(), why);
            }
        }
        store.requests().settle(request, new Outcome(reason.isEmpty(), reason, clock.epochMillis()));
        // Not before: one whose outcome the store did not take comes again.
        results.labels(
                        switch (judgement) {
                            case Judgement.Accepted _ -> PayoutMetrics.DECIDED;
                            case Judgement.Known _ -> PayoutMetrics.KNOWN;
                            case Judgement.Refused _ -> PayoutMetrics.REFUSED;
                        })
                .inc();
        return judgement instanceof Judgement.Accepted;
    }

    private Judgement judge(Request request) {
        try {
            return judge.judge(request, books, clock.epochMillis());
        } catch (RuntimeException e) {
            // Anyone may leave a request: none is to end the accountant, now and at each restart.
            LOG.error("request {} could not be judged", request.id(), e);
            return new Judgement.Refused("the pool could not read this request; tell its operator");
        }
    }

    private void decide(PreferenceDecided record) throws JournalException {
        Notices before = books.preferences().notices(record.account());
        recorder.record(List.of(record));
        toShow.add(record.account());
        // A destination of notices is nobody else's business, so values stay out of the log.
        LOG.info(
                "{} has decided {}, which holds from {} on",
                books.accounts().address(record.account()),
                record.field().id(),
                Instant.ofEpochMilli(record.from()));
        listener.decided(record, before);
    }

    /** Shows what was decided, and what began to hold. */
    void publish() throws StoreException {
        long now = clock.epochMillis();
        toShow.addAll(books.preferences().begun(shownAt, now));
        shownAt = now;
        List<Integer> next = toShow.stream().limit(SHOWN_MAX).toList();
        if (!next.isEmpty()) {
            show(next);
        }
    }

    private void show(List<Integer> accounts) throws StoreException {
        long now = clock.epochMillis();
        store.preferences()
                .put(accounts.stream().map(account -> standing(account, now)).toList());
        accounts.forEach(toShow::remove);
    }

    private Standing standing(int account, long now) {
        PreferenceBook book = books.preferences();
        List<Value> values = new ArrayList<>();
        List<Change> waiting = new ArrayList<>();
        for (PreferenceField field : PreferenceField.values()) {
            book.since(account, field, now)
                    .ifPresent(since ->
                            values.add(new Value(field.id(), shown(field, book.value(account, field, now)), since)));
            book.waiting(account, field, now)
                    .ifPresent(change ->
                            waiting.add(new Change(field.id(), change.value(), change.asked(), change.from())));
        }
        return new Standing(books.accounts().id(account), book.lastNonce(account), values, waiting, now);
    }

    /** Who knows a destination of notices could read or write there. */
    private static String shown(PreferenceField field, String value) {
        boolean secret = field == PreferenceField.WEBHOOK || field == PreferenceField.NTFY;
        return secret && !value.equals(PreferenceValue.OFF) ? Standing.SET : value;
    }
}
