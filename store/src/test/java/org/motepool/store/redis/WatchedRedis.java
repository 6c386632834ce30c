package org.motepool.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real primary with a replica, and a Sentinel that promotes the replica when the primary is dead for a second. */
public final class WatchedRedis implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final TestRedis primary;
    private final TestRedis replica;
    private final TestRedis sentinel;

    private WatchedRedis(TestRedis primary, TestRedis replica, TestRedis sentinel) {
        this.primary = primary;
        this.replica = replica;
        this.sentinel = sentinel;
    }

    /**
     * Starts all three, and waits until they know each other.
     *
     * @param directory for the Sentinel's settings, which it also writes
     */
    public static WatchedRedis start(Path directory) {
        TestRedis primary = TestRedis.start();
        TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(primary.port()));
        Path config = directory.resolve("sentinel.conf");
        try {
            Files.writeString(config, """
                    port 0
                    sentinel monitor pool 127.0.0.1 %d 1
                    sentinel down-after-milliseconds pool 1000
                    sentinel failover-timeout pool 5000
                    """.formatted(primary.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestRedis sentinel = TestRedis.startSentinel(config);
        until("the replica follows", () -> replica.answer("INFO replication").contains("master_link_status:up"));
        until(
                "the Sentinel knows it",
                () -> sentinel.answer("SENTINEL replicas pool").contains("" + replica.port()));
        return new WatchedRedis(primary, replica, sentinel);
    }

    /** {@code redis-sentinel://127.0.0.1:PORT#pool}. */
    public String uri() {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "#pool";
    }

    /** The one that is the primary at first. */
    public TestRedis primary() {
        return primary;
    }

    /** The one that is promoted when the primary dies. */
    public TestRedis replica() {
        return replica;
    }

    public TestRedis sentinel() {
        return sentinel;
    }

    /** Waits; fails when it does not come to hold. */
    public static void until(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("in vain waited that " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        primary.close();
    }
}
