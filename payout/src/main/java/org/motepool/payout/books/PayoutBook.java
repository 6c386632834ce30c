package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.motepool.payout.journal.JournalRecord.PayoutMoved;
import org.motepool.payout.journal.JournalRecord.PayoutPlanned;
import org.motepool.payout.journal.PayoutState;

/** Payments that have begun and not ended, with all that the journal says of them. Not thread-safe: the accountant's. */
public final class PayoutBook {
    /** Payments under way at a time; a batch is one. */
    public static final int OPEN_MAX = 100_000;

    private final TreeMap<Long, OpenPayout> open = new TreeMap<>();
    private long last;
    private long lastAt;

    void plan(PayoutPlanned planned) {
        check(planned);
        last = planned.number();
        lastAt = planned.at();
        open.put(last, new OpenPayout(planned, PayoutState.PLANNED, List.of()));
    }

    /** Throws IllegalStateException when it could not be planned now. */
    void check(PayoutPlanned planned) {
        if (planned.number() != last + 1 || open.size() >= OPEN_MAX) {
            throw new IllegalStateException("payout " + planned.number() + " does not follow payout " + last);
        }
    }

    /** Throws IllegalStateException when it could not be moved so now; returns the payment. */
    OpenPayout check(PayoutMoved moved) {
        OpenPayout payout = open.get(moved.number());
        if (payout == null || payout.state != moved.from()) {
            throw new IllegalStateException("payout " + moved.number() + " is not " + moved.from());
        }
        int lines = payout.planned.lines().size();
        if (!moved.charges().isEmpty() && moved.charges().size() != lines) {
            throw new IllegalStateException("payout " + moved.number() + " has " + lines + " lines, charged are "
                    + moved.charges().size());
        }
        return payout;
    }

    /** Records a move and returns the payment as it was. */
    OpenPayout move(PayoutMoved moved) {
        OpenPayout payout = check(moved);
        if (moved.to().isFinal()) {
            open.remove(moved.number());
        } else {
            List<PayoutMoved> moves = new ArrayList<>(payout.moves);
            moves.add(moved);
            open.put(moved.number(), new OpenPayout(payout.planned, moved.to(), moves));
        }
        return payout;
    }

    void restore(OpenPayout payout) {
        open.put(payout.planned.number(), payout);
    }

    void restoreLast(long lastNumber) {
        last = lastNumber;
    }

    void restoreLastAt(long millis) {
        lastAt = millis;
    }

    /** When the last payment was planned, in milliseconds since 1970; 0 before the first. */
    public long lastAt() {
        return lastAt;
    }

    /** Number of the last payment that was planned. */
    public long last() {
        return last;
    }

    /** Oldest first. */
    public List<OpenPayout> open() {
        return List.copyOf(open.values());
    }

    public Optional<OpenPayout> find(long number) {
        return Optional.ofNullable(open.get(number));
    }

    /** @param moves in order; the detail of the last STORED is what a payer goes on with after a crash */
    public record OpenPayout(PayoutPlanned planned, PayoutState state, List<PayoutMoved> moves) {
        public OpenPayout {
            moves = List.copyOf(moves);
        }

        static OpenPayout of(PayoutPlanned planned, List<PayoutMoved> moves) {
            return new OpenPayout(
                    planned,
                    moves.isEmpty() ? PayoutState.PLANNED : moves.getLast().to(),
                    moves);
        }
    }
}
