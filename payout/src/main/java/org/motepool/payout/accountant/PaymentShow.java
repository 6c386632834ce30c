package org.motepool.payout.accountant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.payout.books.Books;
import org.motepool.payout.books.PayoutBook.OpenPayout;
import org.motepool.payout.journal.Journal;
import org.motepool.payout.journal.JournalException;
import org.motepool.payout.journal.JournalHead;
import org.motepool.payout.journal.JournalRecord;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.journal.PayoutRail;
import org.motepool.payout.journal.PayoutState;
import org.motepool.payout.payer.PaymentHistory;
import org.motepool.store.Payments;
import org.motepool.store.Payments.Part;
import org.motepool.store.Payments.Payment;
import org.motepool.store.StoreException;

/**
 * Shows payments in the store, as far as they are journaled. What could not be written is kept and written later. Not
 * thread-safe: the accountant's.
 */
final class PaymentShow {
    /** Parts that are handed to the store at once. */
    private static final int BATCH_MAX = 1_000;

    private final Payments store;
    private final Journal journal;
    private final Books books;
    private final Map<Long, Shown> waiting = new LinkedHashMap<>();
    private boolean inDoubt = true;

    PaymentShow(Payments store, Journal journal, Books books) {
        this.store = store;
        this.journal = journal;
        this.books = books;
    }

    /** A payment with its parts, as the store has them. */
    private record Shown(Payment payment, List<Part> parts) {}

    /**
     * A record was journaled.
     *
     * @param before the payment that it moved, as it was
     */
    void journaled(JournalRecord record, Optional<OpenPayout> before) {
        if (record instanceof PayoutPlanned planned) {
            show(planned, List.of());
        } else if (record instanceof PayoutMoved moved && before.isPresent()) {
            show(before.get().planned(), with(before.get().moves(), moved));
        }
    }

    /** What the store shows is in doubt. */
    void allInDoubt() {
        inDoubt = true;
    }

    boolean isDone() {
        return waiting.isEmpty() && !inDoubt;
    }

    void publish() throws StoreException, JournalException {
        if (inDoubt) {
            books.payouts().open().forEach(open -> show(open.planned(), open.moves()));
            if (isStale(store.recent(Payments.KEPT_MAX))) {
                Replay replay = new Replay();
                journal.replay(replay::visit);
                replay.end();
            }
            inDoubt = false;
        }
        flush();
    }

    private void flush() throws StoreException {
        for (Shown shown : List.copyOf(waiting.values())) {
            // The parts first: a payment that is shown to have ended has all of them.
            for (int from = 0; from < shown.parts.size(); from += BATCH_MAX) {
                store.putParts(shown.parts.subList(from, Math.min(shown.parts.size(), from + BATCH_MAX)));
            }
            store.put(List.of(shown.payment));
            waiting.remove(shown.payment.number(), shown);
        }
    }

    /** Whether a payment is missing that was journaled, or one is shown as under way that has ended. */
    private boolean isStale(List<Payment> recent) {
        long last = recent.isEmpty() ? 0 : recent.getFirst().number();
        return last < books.payouts().last()
                || recent.stream()
                        .filter(payment -> payment.state() != Payments.State.CONFIRMED
                                && payment.state() != Payments.State.ABANDONED)
                        .anyMatch(payment ->
                                books.payouts().find(payment.number()).isEmpty());
    }

    private static List<PayoutMoved> with(List<PayoutMoved> moves, PayoutMoved next) {
        List<PayoutMoved> all = new ArrayList<>(moves);
        all.add(next);
        return all;
    }

    private void show(PayoutPlanned planned, List<PayoutMoved> moves) {
        PaymentHistory.Payment known = new PaymentHistory.Payment(planned, moves, List.of());
        List<Money> charges = known.charges();
        Payments.Rail rail = rail(planned.rail());
        Payments.State state = state(known.state());
        boolean abandoned = known.state() == PayoutState.ABANDONED;
        String reference = known.reference();
        long movedAt = moves.isEmpty() ? planned.at() : moves.getLast().at();
        List<Part> parts = new ArrayList<>(planned.lines().size());
        for (int i = 0; i < planned.lines().size(); i++) {
            PayoutLine line = planned.lines().get(i);
            parts.add(new Part(
                    books.accounts().id(line.account()),
                    planned.number(),
                    rail,
                    state,
                    reference,
                    line.sent(),
                    abandoned ? Money.ZERO : line.donated(),
                    charges.isEmpty() ? Money.ZERO : charges.get(i),
                    planned.at(),
                    movedAt));
        }
        Payment payment = new Payment(
                planned.number(),
                rail,
                state,
                reference,
                planned.lines().size(),
                known.sum(),
                abandoned ? Money.ZERO : known.donated(),
                abandoned ? Money.ZERO : fee(moves),
                planned.at(),
                movedAt);
        waiting.put(planned.number(), new Shown(payment, parts));
    }

    /** By the last step that knew it: over Lightning none is charged to anyone, and yet the network gets one. */
    private static Money fee(List<PayoutMoved> moves) {
        return moves.reversed().stream()
                .map(PayoutMoved::networkFee)
                .filter(fee -> !fee.isZero())
                .findFirst()
                .orElse(Money.ZERO);
    }

    private static Payments.Rail rail(PayoutRail rail) {
        return switch (rail) {
            case ONCHAIN -> Payments.Rail.ONCHAIN;
            case LIGHTNING -> Payments.Rail.LIGHTNING;
        };
    }

    private static Payments.State state(PayoutState state) {
        return switch (state) {
            case PLANNED, FUNDED, SIGNED, STORED -> Payments.State.PREPARED;
            case SENT -> Payments.State.SENT;
            case CONFIRMED -> Payments.State.CONFIRMED;
            case ABANDONED -> Payments.State.ABANDONED;
        };
    }

    /** Shows every payment that has ended, newest ones last, as the store keeps the newest. */
    private final class Replay {
        private final Map<Long, OpenPayout> open = new LinkedHashMap<>();
        private Optional<StoreException> failure = Optional.empty();

        void visit(JournalHead at, JournalRecord record) {
            if (failure.isPresent()) {
                return;
            }
            if (record instanceof PayoutPlanned planned) {
                open.put(planned.number(), new OpenPayout(planned, PayoutState.PLANNED, List.of()));
            } else if (record instanceof PayoutMoved moved) {
                OpenPayout before = open.get(moved.number());
                if (before == null) {
                    return;
                }
                if (moved.to().isFinal()) {
                    open.remove(moved.number());
                    ended(before, moved);
                } else {
                    open.put(moved.number(), new OpenPayout(before.planned(), moved.to(), with(before.moves(), moved)));
                }
            }
        }

        private void ended(OpenPayout before, PayoutMoved moved) {
            show(before.planned(), with(before.moves(), moved));
            try {
                // At once: all that was ever paid does not fit into memory.
                flush();
            } catch (StoreException e) {
                failure = Optional.of(e);
            }
        }

        void end() throws StoreException {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
