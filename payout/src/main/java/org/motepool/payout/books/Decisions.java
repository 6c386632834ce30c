package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.preference.PreferenceException;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;

/**
 * All that the owner of one account has decided. A change of where money goes waits beside the value that holds, and one that
 * comes later takes its place. Immutable.
 *
 * @param lastNonce of its texts, 0 before the first
 * @param day number of the day since 1970 of the last decision, by the journal's times
 * @param ofDay decisions of that day
 * @param holding values that hold, by field; those that were never decided are missing
 * @param waiting changes about money, by field; one whose time has come holds, whatever {@code holding} says
 * @param requests newest ones, oldest first
 */
record Decisions(
        long lastNonce,
        long day,
        int ofDay,
        Map<PreferenceField, Held> holding,
        Map<PreferenceField, Waiting> waiting,
        List<Bytes> requests) {
    /** A store that loses its last seconds brings back requests that were done: more than may wait of one account. */
    static final int REQUESTS_MAX = 8;

    static final Decisions NONE = new Decisions(0, 0, 0, Map.of(), Map.of(), List.of());

    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    Decisions {
        holding = Map.copyOf(holding);
        waiting = Map.copyOf(waiting);
        requests = List.copyOf(requests);
    }

    /** @param since milliseconds since 1970 */
    record Held(String value, long since) {}

    /** @param asked and {@code from}: when it was asked for, and from when on it holds, in milliseconds since 1970 */
    record Waiting(String value, long asked, long from) {}

    static long dayOf(long millis) {
        return Math.floorDiv(millis, DAY_MILLIS);
    }

    int ofDay(long at) {
        return dayOf(at) == day ? ofDay : 0;
    }

    /** What holds at a time; empty for what was never decided. */
    Optional<Held> held(PreferenceField field, long at) {
        Waiting change = waiting.get(field);
        return change != null && change.from <= at
                ? Optional.of(new Held(change.value, change.from))
                : Optional.ofNullable(holding.get(field));
    }

    /** The change that does not hold yet at a time. */
    Optional<Waiting> waits(PreferenceField field, long at) {
        return Optional.ofNullable(waiting.get(field)).filter(change -> change.from > at);
    }

    /** Throws IllegalStateException for one that cannot follow. */
    Decisions after(PreferenceDecided decided) {
        if (decided.nonce() <= lastNonce) {
            throw new IllegalStateException("nonce " + decided.nonce() + " does not follow " + lastNonce);
        }
        Map<PreferenceField, Held> holds = new EnumMap<>(PreferenceField.class);
        Map<PreferenceField, Waiting> waits = new EnumMap<>(PreferenceField.class);
        for (PreferenceField field : PreferenceField.values()) {
            held(field, decided.at()).ifPresent(value -> holds.put(field, value));
            waits(field, decided.at()).ifPresent(change -> waits.put(field, change));
        }
        if (decided.field() == PreferenceField.CANCEL) {
            if (waits.remove(cancelled(decided)) == null) {
                throw new IllegalStateException("no change of " + decided.value() + " waits");
            }
        } else if (decided.from() > decided.at()) {
            waits.put(decided.field(), new Waiting(decided.value(), decided.at(), decided.from()));
        } else {
            waits.remove(decided.field());
            holds.put(decided.field(), new Held(decided.value(), decided.at()));
        }
        List<Bytes> newest = new ArrayList<>(requests);
        newest.add(decided.request());
        return new Decisions(
                decided.nonce(),
                dayOf(decided.at()),
                ofDay(decided.at()) + 1,
                holds,
                waits,
                newest.subList(Math.max(0, newest.size() - REQUESTS_MAX), newest.size()));
    }

    private static PreferenceField cancelled(PreferenceDecided decided) {
        try {
            return PreferenceValue.cancelled(decided.value());
        } catch (PreferenceException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }
}
