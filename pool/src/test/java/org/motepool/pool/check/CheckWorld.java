package org.motepool.pool.check;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.motepool.chain.node.FakeNode;
import org.motepool.core.time.PoolClock;
import org.motepool.store.redis.RedisSettings;
import org.motepool.store.redis.RedisStore;
import org.motepool.store.redis.TestRedis;

/** What a settings file of the tests points at: its words in {@code ${…}} become ports and paths of things that run. */
final class CheckWorld implements AutoCloseable {
    private final Path directory;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    CheckWorld(Path directory) {
        this.directory = directory;
    }

    private <T extends AutoCloseable> T run(T part) {
        running.push(part);
        return part;
    }

    /** @param header of the file: lines like {@code # node: well} say what is to run */
    String fill(String toml, Header header) throws Exception {
        String filled = toml.replace("${directory}", directory.toString());
        if (filled.contains("${closed}")) {
            filled = filled.replace("${closed}", Integer.toString(closedPort()));
        }
        if (filled.contains("${taken}")) {
            ServerSocket taken = run(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            filled = filled.replace("${taken}", Integer.toString(taken.getLocalPort()));
        }
        if (filled.contains("${node}")) {
            FakeNode node = run(new FakeNode());
            node(node, header.value("node").orElse("well"));
            filled = filled.replace("${node}", Integer.toString(node.port()));
        }
        if (filled.contains("${redis}")) {
            String[] settings = header.value("redis").orElse("--appendonly yes").split(" ");
            TestRedis redis = run(TestRedis.start(settings));
            store(redis, header.value("store"));
            filled = filled.replace("${redis}", Integer.toString(redis.port()));
        }
        Files.writeString(directory.resolve("file"), "");
        if (filled.contains("fullchain.pem")) {
            EndedCertificate.write(directory);
        }
        return filled;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void store(TestRedis redis, Optional<String> network) throws Exception {
        if (network.isPresent()) {
            RedisSettings settings =
                    new RedisSettings(redis.uri(), Optional.empty(), network.get(), 1, Duration.ofSeconds(2));
            RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry())
                    .close();
        }
    }

    private static void node(FakeNode node, String kind) {
        boolean downloading = kind.equals("downloading");
        long now = PoolClock.SYSTEM.epochSeconds();
        node.answer("getblockhash", FakeNode.error(500, -8, "Block height out of range"));
        node.answer("getblockchaininfo", FakeNode.result("""
                        {"chain":"%s","blocks":10,"headers":%d,"initialblockdownload":%s,"bestblockhash":"%s"}\
                        """.formatted(
                kind.equals("main") ? "main" : "signet", downloading ? 900 : 10, downloading, "ab".repeat(32))));
        node.answer("getblockheader", FakeNode.result("{\"time\":%d}".formatted(now - 60)));
        node.answer("getnetworkinfo", FakeNode.result("{\"version\":280000,\"subversion\":\"/Satoshi:28.0.0/\"}"));
        node.answer("getaddressinfo", FakeNode.error(500, -18, "Requested wallet does not exist or is not loaded"));
        if (kind.equals("lonely")) {
            node.answer("getblocktemplate", FakeNode.error(500, -9, "Bitcoin Core is not connected!"));
        } else {
            long time = kind.equals("tomorrow") ? now + 86_400 : now;
            node.answer("getblocktemplate", FakeNode.result(FakeNode.template(11, time)));
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
