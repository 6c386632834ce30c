package org.motepool.store;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;

/** What owners of addresses have decided, as payout published it; the journal is the truth. Calls block. */
public interface Preferences {
    void put(List<Standing> standings) throws StoreException;

    /** Empty where nothing was ever decided. */
    Optional<Standing> read(AccountId account) throws StoreException;

    /**
     * All decisions of one account.
     *
     * @param lastNonce of its texts; the next has a greater one
     * @param values that hold, by field; those that were never decided are missing. A destination of notices is {@value
     *     Standing#SET}: who knows it could read or write there
     * @param waiting changes that do not hold yet
     * @param at milliseconds since 1970
     */
    record Standing(AccountId account, long lastNonce, List<Value> values, List<Change> waiting, long at) {
        /** Instead of a destination of notices that is not shown. */
        public static final String SET = "set";

        public Standing {
            values = List.copyOf(values);
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * @param field its name in signed texts
     * @param since milliseconds since 1970
     */
    record Value(String field, String value, long since) {}

    /**
     * @param field its name in signed texts
     * @param asked and {@code from}: when it was asked for, and from when on it will hold; milliseconds since 1970
     */
    record Change(String field, String value, long asked, long from) {}
}
