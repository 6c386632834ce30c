package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;

/**
 * Every role's user finds its way in a cluster: two servers with the ACL file share the slots, and one slot moves while
 * it is in use. Left out where no Redis of 7 or newer is installed.
 */
final class RedisUsersInClusterTest {
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("55".repeat(16)), 0);
    private static final int HALF = 8_192;

    @TempDir
    private Path directory;

    private final List<TestRedis> servers = new ArrayList<>();

    @BeforeEach
    void form() throws IOException {
        Path file = Files.writeString(directory.resolve("users.acl"), RedisUsersTest.withNamesAsPasswords());
        for (int i = 0; i < 2; i++) {
            TestRedis.startInstalled("--aclfile", file.toString(), "--cluster-enabled", "yes")
                    .ifPresent(server -> servers.add(server.as("operator", "operator")));
        }
        if (!"true".equalsIgnoreCase(System.getenv("CI"))) {
            Assumptions.assumeFalse(servers.isEmpty(), "no redis-server is installed");
        }
        require(servers.get(0), "CLUSTER ADDSLOTSRANGE 0 " + (HALF - 1));
        require(servers.get(1), "CLUSTER ADDSLOTSRANGE " + HALF + " " + (2 * HALF - 1));
        require(servers.get(0), "CLUSTER SET-CONFIG-EPOCH 1");
        require(servers.get(1), "CLUSTER SET-CONFIG-EPOCH 2");
        require(servers.get(0), "CLUSTER MEET 127.0.0.1 " + servers.get(1).port());
        for (TestRedis server : servers) {
            WatchedRedis.until(
                    "the cluster is up", () -> server.answer("CLUSTER INFO").contains("cluster_state:ok"));
        }
    }

    @AfterEach
    void end() {
        servers.forEach(TestRedis::close);
    }

    @Test
    void eachRoleFollowsASlotThatMovesAndIsRefusedNothing() throws StoreException {
        RedisSettings settings = new RedisSettings(
                "redis-cluster://127.0.0.1:" + servers.getFirst().port(),
                Optional.empty(),
                "devnet",
                1,
                Duration.ofSeconds(3));
        try (RoleStores roles = new RoleStores(settings, PoolClock.SYSTEM)) {
            roles.journalMarks().publish(Map.of(SOURCE, 1L));
            String slot = number(servers.getFirst().command("CLUSTER KEYSLOT " + Keys.MARKS));
            TestRedis from = servers.get(Integer.parseInt(slot) / HALF);
            TestRedis to = servers.get(1 - Integer.parseInt(slot) / HALF);

            require(to, "CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
            require(from, "CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
            require(
                    from,
                    "MIGRATE 127.0.0.1 " + to.port() + " \"\" 0 5000 AUTH2 operator operator KEYS " + Keys.MARKS + " "
                            + Keys.HEARTBEAT);
            assertThat(from.command("EXISTS " + Keys.MARKS)).startsWith("-ASK");
            // A script of several keys has to wait for the end of the move.
            assertThat(roles.journalMarks().mark(SOURCE)).hasValue(1);

            require(to, "CLUSTER SETSLOT " + slot + " NODE " + id(to));
            require(from, "CLUSTER SETSLOT " + slot + " NODE " + id(to));
            assertThat(from.command("EXISTS " + Keys.MARKS)).startsWith("-MOVED");
            roles.journalMarks().publish(Map.of(SOURCE, 2L));
            assertThat(roles.journalMarks().mark(SOURCE)).hasValue(2);
        }
        for (TestRedis server : servers) {
            assertThat(server.answer("ACL LOG")).as("refused").startsWith("*0");
        }
    }

    private static String id(TestRedis server) {
        return server.answer("CLUSTER MYID").lines().skip(1).findFirst().orElseThrow();
    }

    private static String number(String answer) {
        return answer.substring(1);
    }

    private static void require(TestRedis server, String command) {
        assertThat(server.command(command)).as("%s", command).startsWith("+OK");
    }
}
