package org.motepool.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Six real Redis servers on loopback as a cluster: three that share the slots, each with a replica. Used by one thread. */
public final class TestCluster implements AutoCloseable {
    private static final int PRIMARIES = 3;
    private static final int SLOTS = 16_384;

    private final List<TestRedis> servers = new ArrayList<>();

    /** Starts them, and waits until each knows the whole cluster. */
    public static TestCluster start() {
        TestCluster cluster = new TestCluster();
        try {
            cluster.form();
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void form() {
        for (int i = 0; i < 2 * PRIMARIES; i++) {
            servers.add(TestRedis.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        for (int i = 0; i < PRIMARIES; i++) {
            String slots = IntStream.range(SLOTS * i / PRIMARIES, SLOTS * (i + 1) / PRIMARIES)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
            require(servers.get(i), "CLUSTER ADDSLOTS " + slots);
            require(servers.get(i), "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        for (TestRedis server : servers) {
            require(server, "CLUSTER MEET 127.0.0.1 " + servers.getFirst().port());
        }
        for (TestRedis server : servers) {
            WatchedRedis.until(
                    "all know each other",
                    () -> server.answer("CLUSTER INFO").contains("cluster_known_nodes:" + servers.size()));
        }
        for (int i = 0; i < PRIMARIES; i++) {
            String id = servers.get(i)
                    .answer("CLUSTER MYID")
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            TestRedis replica = servers.get(PRIMARIES + i);
            WatchedRedis.until(
                    "it follows",
                    () -> replica.command("CLUSTER REPLICATE " + id).startsWith("+OK"));
        }
        for (TestRedis server : servers) {
            WatchedRedis.until("the cluster is up", () -> {
                String nodes = server.answer("CLUSTER NODES");
                return server.answer("CLUSTER INFO").contains("cluster_state:ok")
                        && nodes.lines().filter(line -> line.contains("slave")).count() == PRIMARIES;
            });
        }
    }

    private static void require(TestRedis server, String command) {
        String answer = server.command(command);
        if (!answer.startsWith("+OK")) {
            throw new IllegalStateException(answer + " to " + command.substring(0, Math.min(60, command.length())));
        }
    }

    /** Settings of a devnet store in it that name two of its servers. */
    public RedisSettings settings() {
        String uri = "redis-cluster://127.0.0.1:" + servers.get(0).port() + ",127.0.0.1:"
                + servers.get(1).port();
        return new RedisSettings(uri, Optional.empty(), "devnet", 1, Duration.ofSeconds(3));
    }

    /** The answer of the server that has the key, or of all together to what has none. */
    public String command(String line) {
        List<String> answers = servers.subList(0, PRIMARIES).stream()
                .map(server -> server.command(line))
                .filter(answer -> !answer.startsWith("-MOVED"))
                .toList();
        return answers.stream()
                .filter(answer -> !answer.equals("*0"))
                .findFirst()
                .orElse(answers.getFirst());
    }

    /** How many keys each of those has that share the slots. */
    public List<Long> keys() {
        return servers.subList(0, PRIMARIES).stream()
                .map(server -> Long.parseLong(server.command("DBSIZE").substring(1)))
                .toList();
    }

    /** The one that has the key. */
    public TestRedis holderOf(String key) {
        return servers.subList(0, PRIMARIES).stream()
                .filter(server -> server.command("EXISTS " + key).equals(":1"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        servers.forEach(TestRedis::close);
    }
}
