package org.motepool.stratum;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.motepool.store.Bans;
import org.motepool.store.StoreException;

/** Bans in memory; the store can be away. Thread-safe. */
final class FakeBans implements Bans {
    private final List<Ban> bans = new CopyOnWriteArrayList<>();
    volatile boolean away;

    @Override
    public boolean put(Ban ban) {
        remove(ban.kind(), ban.subject());
        return bans.add(ban);
    }

    @Override
    public boolean remove(Kind kind, String subject) {
        return bans.removeIf(ban -> ban.kind() == kind && ban.subject().equals(subject));
    }

    @Override
    public List<Ban> all() throws StoreException {
        if (away) {
            throw new StoreException("away, as the test wants it");
        }
        return List.copyOf(bans);
    }
}
