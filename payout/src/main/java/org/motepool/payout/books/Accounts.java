package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.motepool.core.account.AccountId;
import org.motepool.payout.journal.JournalRecord.AccountOpened;

/** Accounts by index, as the journal opened them. Not thread-safe: the accountant's. */
public final class Accounts {
    /** More accounts than any pool has; a flood of made-up addresses ends here, and its logs halt. */
    public static final int ACCOUNTS_MAX = 20_000_000;

    private final List<AccountOpened> opened = new ArrayList<>();
    private final List<AccountId> ids = new ArrayList<>();
    private final Map<AccountId, Integer> indexes = new HashMap<>();

    void open(AccountOpened account) {
        AccountId id = account.id();
        if (account.index() != opened.size() || indexes.containsKey(id)) {
            throw new IllegalStateException("account " + account.index() + " does not follow " + (opened.size() - 1));
        }
        opened.add(account);
        ids.add(id);
        indexes.put(id, account.index());
    }

    public int size() {
        return opened.size();
    }

    public OptionalInt indexOf(AccountId account) {
        Integer index = indexes.get(account);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    public AccountId id(int index) {
        return ids.get(index);
    }

    /** Canonical payout address. */
    public String address(int index) {
        return opened.get(index).address();
    }
}
