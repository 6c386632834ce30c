package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.motepool.core.time.PoolClock;
import org.motepool.store.Balances;
import org.motepool.store.Bans;
import org.motepool.store.Blocks;
import org.motepool.store.ChainStatus;
import org.motepool.store.History;
import org.motepool.store.JournalMarks;
import org.motepool.store.LiveStats;
import org.motepool.store.Payments;
import org.motepool.store.Preferences;
import org.motepool.store.ReadModels;
import org.motepool.store.Requests;
import org.motepool.store.Sessions;
import org.motepool.store.Statements;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;
import org.motepool.store.redis.RedisUsers.Role;

/**
 * One store, each call of which is made by the user of the role that makes it in a pool; what several roles read, each of
 * them reads, and the same.
 */
final class RoleStores implements Store {
    private final Map<Role, RedisStore> stores = new EnumMap<>(Role.class);

    /** Logs in as each role with its own name as the password. */
    RoleStores(TestRedis redis, PoolClock clock) throws StoreException {
        this(redis.settings(), clock);
    }

    /** Logs in as each role with its own name as the password. */
    RoleStores(RedisSettings settings, PoolClock clock) throws StoreException {
        // In this order: a dashboard does not make the store.
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            RedisSettings own = settings.withUri(settings.uri().replace("://", "://" + name + ":" + name + "@"));
            stores.put(role, RedisStore.connect(own, clock, new CollectorRegistry()));
        }
    }

    /** All doors, as one role has them. */
    RedisStore of(Role role) {
        RedisStore store = stores.get(role);
        if (store == null) {
            throw new IllegalStateException("not connected: " + role);
        }
        return store;
    }

    private <D> D door(Class<D> type, Function<Store, D> door, String... rights) {
        Map<String, List<Role>> roles = Arrays.stream(rights)
                .map(right -> right.split(" "))
                .collect(Collectors.toMap(
                        words -> words[0],
                        words -> Arrays.stream(words).skip(1).map(Role::valueOf).toList()));
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    List<Role> callers = roles.getOrDefault(method.getName(), List.of());
                    assertThat(callers).as("who calls %s", method).isNotEmpty();
                    try {
                        Object answer = method.invoke(door.apply(of(callers.getFirst())), arguments);
                        for (Role other : callers.subList(1, callers.size())) {
                            Object theirs = method.invoke(door.apply(of(other)), arguments);
                            if (!theirs.equals(answer)) {
                                // Another thread may have changed it between the two.
                                answer = method.invoke(door.apply(of(callers.getFirst())), arguments);
                            }
                            assertThat(theirs).as("%s by %s", method, other).isEqualTo(answer);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public WorkStream workStream() {
        return door(
                WorkStream.class,
                Store::workStream,
                "shards STRATUM PAYOUT",
                "append STRATUM",
                "read PAYOUT",
                "trimThrough PAYOUT",
                "length STRATUM PAYOUT");
    }

    @Override
    public JournalMarks journalMarks() {
        return door(JournalMarks.class, Store::journalMarks, "publish PAYOUT", "mark STRATUM", "heartbeat STRATUM");
    }

    @Override
    public Balances balances() {
        return door(
                Balances.class,
                Store::balances,
                "apply PAYOUT",
                "rebuild PAYOUT",
                "read DASHBOARD PAYOUT",
                "totals DASHBOARD PAYOUT",
                "position PAYOUT");
    }

    @Override
    public Blocks blocks() {
        return door(
                Blocks.class,
                Store::blocks,
                "put PAYOUT",
                "recent DASHBOARD STRATUM",
                "recentOf DASHBOARD",
                "counts DASHBOARD");
    }

    @Override
    public LiveStats liveStats() {
        return door(
                LiveStats.class,
                Store::liveStats,
                "publish STRATUM",
                "withdraw STRATUM",
                "workers DASHBOARD STRATUM PAYOUT",
                "nodes DASHBOARD PAYOUT");
    }

    @Override
    public History history() {
        return door(History.class, Store::history, "add STRATUM", "read DASHBOARD");
    }

    @Override
    public ChainStatus chainStatus() {
        return door(ChainStatus.class, Store::chainStatus, "publish STRATUM", "read DASHBOARD");
    }

    @Override
    public ReadModels readModels() {
        return door(
                ReadModels.class,
                Store::readModels,
                "putCredits PAYOUT",
                "credits DASHBOARD",
                "putPlan PAYOUT",
                "plan DASHBOARD",
                "putPayoutState PAYOUT",
                "payoutState DASHBOARD",
                "putNoticeKey PAYOUT",
                "noticeKey DASHBOARD");
    }

    @Override
    public Statements statements() {
        return door(
                Statements.class,
                Store::statements,
                "put PAYOUT",
                "lines DASHBOARD",
                "putShares STRATUM",
                "share DASHBOARD");
    }

    @Override
    public Payments payments() {
        return door(
                Payments.class,
                Store::payments,
                "put PAYOUT",
                "recent DASHBOARD PAYOUT",
                "putParts PAYOUT",
                "parts DASHBOARD");
    }

    @Override
    public Bans bans() {
        return door(Bans.class, Store::bans, "put STRATUM", "remove STRATUM", "all STRATUM");
    }

    @Override
    public Sessions sessions() {
        return door(Sessions.class, Store::sessions, "keep STRATUM", "take STRATUM");
    }

    @Override
    public Requests requests() {
        return door(
                Requests.class,
                Store::requests,
                "append DASHBOARD",
                "waiting PAYOUT",
                "settle PAYOUT",
                "isWaiting DASHBOARD",
                "outcome DASHBOARD");
    }

    @Override
    public Preferences preferences() {
        return door(Preferences.class, Store::preferences, "put PAYOUT", "read DASHBOARD PAYOUT");
    }

    @Override
    public boolean connected() {
        return stores.values().stream().allMatch(RedisStore::connected);
    }

    @Override
    public void close() {
        stores.values().forEach(RedisStore::close);
    }
}
