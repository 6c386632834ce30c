package org.motepool.stratum.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.AccountId;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Bans;
import org.motepool.store.Bans.Ban;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bans as this node last read them, read again every few seconds. With the store away the last known list holds, and
 * bans end by the clock all the same. Thread-safe; asking it never blocks.
 */
public final class BanList implements AutoCloseable {
    private static final long READ_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(BanList.class);

    private final Optional<Bans> store;
    private final PoolClock clock;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("stratum-bans").factory());
    private volatile Held held = new Held(List.of(), 0);
    private boolean away;

    /** @param store empty: nobody is banned */
    public BanList(Optional<Bans> store, PoolClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Reads now and then again and again; does not wait for the first. */
    public void start() {
        if (store.isPresent()) {
            var _ = reader.scheduleWithFixedDelay(this::read, 0, READ_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** One look into the store; blocks. */
    public synchronized void read() {
        if (store.isEmpty()) {
            return;
        }
        try {
            List<Ban> bans = store.get().all();
            if (!new HashSet<>(bans).equals(held.bans)) {
                held = new Held(bans, held.version + 1);
                LOG.info("{} bans hold", bans.size());
            }
            away = false;
        } catch (StoreException e) {
            if (!away) {
                LOG.warn("bans cannot be read, the last known {} hold: {}", held.bans.size(), e.getMessage());
            }
            away = true;
        } catch (RuntimeException e) {
            LOG.error("the list of bans failed", e);
        }
    }

    /** Moves with every change of the list: who was let in is then looked at again. */
    public int version() {
        return held.version;
    }

    public boolean bans(AccountId account) {
        Ban ban = held.accounts.get(account);
        return ban != null && ban.holdsAt(clock.epochMillis());
    }

    public boolean bans(@Nullable InetAddress peer) {
        if (peer == null || held.networks.isEmpty()) {
            return false;
        }
        Held now = held;
        IpNetwork alone = IpNetwork.of(peer);
        long millis = clock.epochMillis();
        for (int prefix : now.prefixes) {
            Ban ban = now.networks.get(alone.widened(prefix));
            if (ban != null && ban.holdsAt(millis)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }

    /** One reading, by what is asked for. A ban that this version cannot read is passed over, and told once. */
    private static final class Held {
        private final Set<Ban> bans;
        private final Map<AccountId, Ban> accounts = new HashMap<>();
        private final Map<IpNetwork, Ban> networks = new HashMap<>();
        private final int[] prefixes;
        private final int version;

        Held(List<Ban> bans, int version) {
            this.bans = Set.copyOf(bans);
            this.version = version;
            for (Ban ban : bans) {
                switch (ban.kind()) {
                    case ACCOUNT -> accounts.put(AccountId.ofCanonicalAddress(ban.subject()), ban);
                    case NETWORK -> network(ban);
                }
            }
            prefixes = networks.keySet().stream()
                    .mapToInt(IpNetwork::prefix)
                    .distinct()
                    .toArray();
        }

        private void network(Ban ban) {
            try {
                networks.put(IpNetwork.parse(ban.subject()), ban);
            } catch (IllegalArgumentException e) {
                LOG.warn("a ban is passed over: {}", e.getMessage());
            }
        }
    }
}
