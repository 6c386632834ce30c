package org.motepool.payout.books;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.motepool.payout.journal.JournalRecord.HeldCompared;
import org.motepool.payout.journal.JournalRecord.PotShared;
import org.motepool.payout.journal.JournalRecord.SliceSealed;
import org.motepool.payout.journal.SliceCell;

/**
 * The work of the UTC day that is running, by which a sponsored pot is shared once the day is over. Days go by the times
 * that the chain's blocks give, as the journal has them, and never back; the accountant's own clock can only hold a day
 * open. So a replay ends days where they ended, and a wrong clock ends none. Not thread-safe: the accountant's.
 */
public final class DayBook {
    /** Before the first block that the journal compared. */
    static final long NO_DAY = -1;

    private final Map<Integer, BigInteger> workUnits = new TreeMap<>();
    private long day = NO_DAY;
    private long first;
    private long last;
    private long lastShared = NO_DAY;
    private Optional<Day> closed = Optional.empty();

    void add(SliceSealed slice) {
        if (slice.cells().isEmpty()) {
            return;
        }
        first = first == 0 ? slice.number() : first;
        last = slice.number();
        for (SliceCell cell : slice.cells()) {
            workUnits.merge(cell.account(), BigInteger.valueOf(cell.workUnits()), BigInteger::add);
        }
    }

    /** A block of the chain tells what time it is. */
    void tick(HeldCompared compared) {
        closed = Optional.empty();
        long now = Math.min(
                Math.floorDiv(compared.tipSeconds(), TimeUnit.DAYS.toSeconds(1)),
                Math.floorDiv(compared.at(), TimeUnit.DAYS.toMillis(1)));
        if (day == NO_DAY) {
            day = now;
        } else if (now > day) {
            closed = workUnits.isEmpty() ? Optional.empty() : Optional.of(new Day(day, workUnits, first, last));
            workUnits.clear();
            first = 0;
            last = 0;
            day = now;
        }
    }

    /** The day that is over and not yet shared; gone at the next block. */
    public Optional<Day> closed() {
        return closed;
    }

    /** Throws IllegalStateException when this is not the day that has just ended. */
    void share(PotShared shared) {
        boolean due = closed.isPresent() && closed.get().day == shared.day() && shared.day() > lastShared;
        if (!due) {
            throw new IllegalStateException("day " + shared.day() + " is not the one whose pot is to be shared");
        }
        lastShared = shared.day();
        closed = Optional.empty();
    }

    State state() {
        return new State(new Day(day, workUnits, first, last), lastShared, closed);
    }

    void restore(State state) {
        day = state.running.day;
        first = state.running.first;
        last = state.running.last;
        workUnits.putAll(state.running.workUnits);
        lastShared = state.lastShared;
        closed = state.closed;
    }

    /**
     * The work of one day, of every scheme.
     *
     * @param day number of days since 1970
     * @param workUnits by account index
     * @param first slice of it, 0 for none
     */
    public record Day(long day, Map<Integer, BigInteger> workUnits, long first, long last) {
        public Day {
            workUnits = Map.copyOf(workUnits);
        }
    }

    /** All of it. */
    record State(Day running, long lastShared, Optional<Day> closed) {}
}
