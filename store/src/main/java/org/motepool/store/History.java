package org.motepool.store;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;

/**
 * Accepted work over time, of each worker, each account and the pool; for pages and APIs, never for money. Every stratum
 * node adds what it saw; a slot in which nobody reported is a gap and stays one. Memory is bounded for each subject. Calls
 * block.
 */
public interface History {
    /** Adds what one node saw in one minute. An entry that is added again, after an answer was lost, counts once. */
    void add(List<Entry> entries) throws StoreException;

    /** Slots that begin in {@code [from, to)}, oldest first; those without a report are left out. */
    List<Point> read(Subject subject, Resolution resolution, long from, long to) throws StoreException;

    /** How long a slot is and how long slots are kept. */
    enum Resolution {
        /** Three hours. */
        MINUTE(60_000, 182),
        /** A day; what chart APIs serve. */
        TEN_MINUTES(600_000, 146),
        /** Ninety days. */
        HOUR(3_600_000, 2_162),
        /** Ten years, which is for ever in the life of a board. */
        DAY(86_400_000, 3_662);

        private final long millis;
        private final int slots;

        Resolution(long millis, int slots) {
            this.millis = millis;
            this.slots = slots;
        }

        /** Length of a slot. */
        public long millis() {
            return millis;
        }

        /** Slots kept: two more than promised, for the open one and the one that clocks differ by. */
        public int slots() {
            return slots;
        }

        /** Beginning of the slot that a moment lies in. */
        public long startOf(long epochMillis) {
            return Math.floorDiv(epochMillis, millis) * millis;
        }
    }

    /**
     * Whose work it is.
     *
     * @param account empty for the pool as a whole
     * @param worker empty for the account as a whole
     */
    record Subject(Optional<AccountId> account, String worker) {
        public static final Subject POOL = new Subject(Optional.empty(), "");

        public Subject {
            if (account.isEmpty() && !worker.isEmpty()) {
                throw new IllegalArgumentException("a worker has an account");
            }
        }

        public static Subject of(AccountId account) {
            return new Subject(Optional.of(account), "");
        }

        public static Subject of(AccountId account, String worker) {
            return new Subject(Optional.of(account), worker);
        }
    }

    /**
     * One node's part of a subject's minute.
     *
     * @param id tells this entry from others of the subject; {@value #ID_BYTES} bytes
     * @param at a moment within the minute, milliseconds since 1970 by the pool's clock
     * @param work units accepted; 0 with a connection is a zero, not a gap
     */
    record Entry(Subject subject, Bytes id, long at, long work, long shares) {
        public static final int ID_BYTES = 8;

        public Entry {
            if (id.size() != ID_BYTES || at < 0 || work < 0 || shares < 0) {
                throw new IllegalArgumentException("not an entry of history");
            }
        }
    }

    /**
     * One slot.
     *
     * @param start milliseconds since 1970
     * @param work units accepted in it
     * @param shares that proved them
     */
    record Point(long start, long work, long shares) {
        private static final double HASHES_PER_WORK_UNIT = 65_536;

        /** Hashes a second over a whole slot: a statistic. */
        public double hashRate(Resolution resolution) {
            return work * HASHES_PER_WORK_UNIT * 1_000 / resolution.millis();
        }
    }
}
