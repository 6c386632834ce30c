package org.motepool.stratum.job;

import java.util.HashMap;
import java.util.Map;
import org.motepool.core.account.AccountId;

/** Who mines alone now: each account costs a coinbase a job, so there are only so many. Thread-safe. */
public final class SoloAccounts {
    /** Accounts with an open solo connection on one node. */
    public static final int MAX = 4096;

    private final Map<AccountId, Integer> connections = new HashMap<>();

    /** A connection mines for an account; false when there is no room for one more account. */
    public synchronized boolean enter(AccountId account) {
        if (!connections.containsKey(account) && connections.size() >= MAX) {
            return false;
        }
        connections.merge(account, 1, Integer::sum);
        return true;
    }

    /** A connection that entered is gone. */
    public synchronized void leave(AccountId account) {
        connections.computeIfPresent(account, (key, count) -> count == 1 ? null : count - 1);
    }

    public synchronized int size() {
        return connections.size();
    }
}
