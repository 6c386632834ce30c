package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.store.Bans;
import org.motepool.store.Bans.Ban;
import org.motepool.store.Bans.Kind;
import org.motepool.store.Store;
import org.motepool.store.StoreException;

/** The doors on a cluster of six servers: no command of theirs crosses slots, and one server may die. */
@Tag("soak")
final class ClusterRedisTest extends DoorsContract {
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("44".repeat(16)), 0);
    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Override
    TestRedis redis() {
        throw new IllegalStateException("there are six of them");
    }

    @Override
    String command(String line) {
        return cluster.command(line);
    }

    @Override
    Store openOnAnotherNode() throws StoreException {
        return RedisStore.connect(cluster.settings(), clock, new CollectorRegistry());
    }

    @Test
    void keysLieOnSeveralServers() throws StoreException {
        try (Store store = openOnAnotherNode()) {
            assertThat(store.bans().put(new Ban(Kind.ACCOUNT, "somebody", "", 1, Bans.FOR_EVER)))
                    .isTrue();
            store.journalMarks().publish(Map.of(SOURCE, 1L));
            store.workStream().append(0, entry(1));
        }
        Set<Integer> used = new TreeSet<>();
        for (int i = 0; i < cluster.keys().size(); i++) {
            if (cluster.keys().get(i) > 0) {
                used.add(i);
            }
        }
        System.out.println("cluster: keys on each server " + cluster.keys());
        assertThat(used).hasSizeGreaterThan(1);
    }

    /** Of a cluster of its own, for one server of it is gone afterwards. */
    @Test
    void followsToTheReplicaOfAServerThatDies() throws StoreException {
        try (TestCluster own = TestCluster.start();
                RedisStore store = RedisStore.connect(own.settings(), clock, new CollectorRegistry())) {
            store.journalMarks().publish(Map.of(SOURCE, 1L));
            TestRedis holder = own.holderOf(Keys.MARKS);
            WatchedRedis.until(
                    "its replica has it", () -> holder.command("WAIT 1 100").equals(":1"));

            holder.kill();
            WatchedRedis.until("it goes on", () -> {
                try {
                    store.journalMarks().publish(Map.of(SOURCE, 2L));
                    return true;
                } catch (StoreException e) {
                    return false;
                }
            });
            assertThat(store.journalMarks().mark(SOURCE)).hasValue(2L);
        }
    }
}
