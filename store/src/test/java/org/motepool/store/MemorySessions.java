package org.motepool.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.PoolClock;

/** Closed sessions in memory; the store can be away. Thread-safe. */
public final class MemorySessions implements Sessions {
    private final PoolClock clock;
    private final Map<AccountId, Map<String, Closed>> accounts = new LinkedHashMap<>();
    public volatile boolean away;

    public MemorySessions(PoolClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void keep(List<Closed> closed) throws StoreException {
        answer();
        for (Closed one : closed) {
            Map<String, Closed> held = ofAccount(one.trait().account());
            held.remove(one.sessionId());
            if (held.size() >= PER_ACCOUNT_MAX) {
                Iterator<Closed> oldest = held.values().iterator();
                oldest.next();
                oldest.remove();
            }
            held.put(one.sessionId(), one);
        }
    }

    @Override
    public synchronized List<Optional<Known>> take(List<Claim> claims) throws StoreException {
        answer();
        return claims.stream().map(this::takeOne).toList();
    }

    private Optional<Known> takeOne(Claim claim) {
        Map<String, Closed> held = ofAccount(claim.trait().account());
        Optional<Closed> named = claim.sessionId().map(held::get);
        if (named.isEmpty()) {
            List<Closed> same = held.values().stream()
                    .filter(one -> one.trait().equals(claim.trait()))
                    .toList();
            named = same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
        }
        named.ifPresent(one -> held.remove(one.sessionId()));
        return named.map(Closed::known);
    }

    public synchronized int size() {
        return accounts.values().stream().mapToInt(Map::size).sum();
    }

    private Map<String, Closed> ofAccount(AccountId account) {
        Map<String, Closed> held = accounts.computeIfAbsent(account, _ -> new LinkedHashMap<>());
        held.values().removeIf(one -> one.closedAt() <= clock.epochMillis() - KEPT.toMillis());
        return held;
    }

    private void answer() throws StoreException {
        if (away) {
            throw new StoreException("away, as the test wants it");
        }
    }
}
