package org.motepool.payout.books;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.preference.NoticeKind;
import org.motepool.core.preference.PreferenceException;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.payout.journal.JournalRecord.PreferenceDecided;

/**
 * What owners of addresses have decided. Records say from when on a change holds, and who asks says for when: no clock is
 * read here, so a replay comes to the same book whenever it is made. Not thread-safe: the accountant's.
 */
public final class PreferenceBook {
    /** Accounts that decide anything, some 500 bytes each with all that one may decide. */
    public static final int ACCOUNTS_MAX = 1_000_000;

    /** Of one account in one day: each stays in the journal for ever. */
    public static final int OF_DAY_MAX = 50;

    private final SortedMap<Integer, Decisions> accounts = new TreeMap<>();
    private final NavigableSet<Beginning> beginnings = new TreeSet<>();

    /** When a change of an account begins to hold. */
    private record Beginning(long from, int account, PreferenceField field) implements Comparable<Beginning> {
        private static final Comparator<Beginning> ORDER = Comparator.comparingLong(Beginning::from)
                .thenComparingInt(Beginning::account)
                .thenComparing(Beginning::field);

        static Beginning after(long millis) {
            return new Beginning(millis + 1, -1, PreferenceField.THRESHOLD);
        }

        @Override
        public int compareTo(Beginning other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Where notices of an account go, and what of.
     *
     * @param webhook where they are posted; empty for nowhere
     * @param ntfy topic of an ntfy server, as its URL; empty for none
     * @param events what they tell of
     */
    public record Notices(Optional<String> webhook, Optional<String> ntfy, Set<NoticeKind> events) {
        public Notices {
            events = Set.copyOf(events);
        }

        /** Nobody is told anything. */
        public boolean isOff() {
            return webhook.isEmpty() && ntfy.isEmpty();
        }
    }

    /** Throws IllegalStateException for a decision that cannot follow those before it. */
    void check(PreferenceDecided decided) {
        Decisions before = of(decided.account());
        if (before.ofDay(decided.at()) >= OF_DAY_MAX || isFullFor(decided.account())) {
            throw new IllegalStateException("account " + decided.account() + " has decided too often");
        }
        var _ = before.after(decided);
    }

    void decide(PreferenceDecided decided) {
        check(decided);
        put(decided.account(), of(decided.account()).after(decided));
    }

    void restore(int account, Decisions decisions) {
        put(account, decisions);
    }

    private void put(int account, Decisions decisions) {
        of(account)
                .waiting()
                .forEach((field, change) -> beginnings.remove(new Beginning(change.from(), account, field)));
        accounts.put(account, decisions);
        decisions.waiting().forEach((field, change) -> beginnings.add(new Beginning(change.from(), account, field)));
    }

    Decisions of(int account) {
        return accounts.getOrDefault(account, Decisions.NONE);
    }

    /** Accounts that ever decided anything, ascending. */
    public Set<Integer> accounts() {
        return Collections.unmodifiableSet(accounts.keySet());
    }

    /** Accounts of which a change began to hold after one time, and not later than another; in milliseconds since 1970. */
    public Set<Integer> begun(long after, long through) {
        Set<Integer> found = new TreeSet<>();
        if (after < through) {
            beginnings
                    .subSet(Beginning.after(after), Beginning.after(through))
                    .forEach(each -> found.add(each.account));
        }
        return found;
    }

    /** Of an account's texts, 0 before the first. */
    public long lastNonce(int account) {
        return of(account).lastNonce();
    }

    /** Whether this text is one of the newest that an account decided by. */
    public boolean knows(int account, Bytes request) {
        return of(account).requests().contains(request);
    }

    /** How often an account has decided on the day of {@code at}. */
    public int decisionsOfDay(int account, long at) {
        return of(account).ofDay(at);
    }

    /** Whether nobody who has not decided anything yet may begin to. */
    public boolean isFullFor(int account) {
        return accounts.size() >= ACCOUNTS_MAX && !accounts.containsKey(account);
    }

    /** What holds at a time: what was decided, or what a field is while nothing was. */
    public String value(int account, PreferenceField field, long at) {
        return of(account).held(field, at).map(Decisions.Held::value).orElse(field.initial());
    }

    /** Since when it holds; empty for what was never decided. */
    public Optional<Long> since(int account, PreferenceField field, long at) {
        return of(account).held(field, at).map(Decisions.Held::since);
    }

    /** The change about money that does not hold yet at a time. */
    public Optional<Change> waiting(int account, PreferenceField field, long at) {
        return of(account)
                .waits(field, at)
                .map(change -> new Change(field, change.value(), change.asked(), change.from()));
    }

    /** @param asked and {@code from}: when it was asked for, and from when on it will hold; milliseconds since 1970 */
    public record Change(PreferenceField field, String value, long asked, long from) {}

    /** Where notices of an account go now; these hold as soon as they are decided. */
    public Notices notices(int account) {
        return new Notices(
                destination(account, PreferenceField.WEBHOOK),
                destination(account, PreferenceField.NTFY),
                events(value(account, PreferenceField.EVENTS, Long.MAX_VALUE)));
    }

    private Optional<String> destination(int account, PreferenceField field) {
        return Optional.of(value(account, field, Long.MAX_VALUE)).filter(value -> !value.equals(PreferenceValue.OFF));
    }

    private static Set<NoticeKind> events(String value) {
        try {
            return NoticeKind.parse(value);
        } catch (PreferenceException e) {
            // Written by a version with other kinds: rather too many notices than none.
            return EnumSet.allOf(NoticeKind.class);
        }
    }
}
