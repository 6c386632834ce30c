package org.motepool.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;

/**
 * The connection to Redis that all doors share. It reconnects by itself; what was under way when it broke fails and is
 * never sent a second time by the client, for the callers know what may be repeated. Thread-safe.
 *
 * <p>After every connect, the server and the store's identity are checked before the first call: a Redis that was emptied
 * gets its identity anew, a wrong one is refused.
 */
final class RedisLink implements AutoCloseable {
    /** A Redis that comes back is found within this. */
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);

    private static final Duration RECONNECT_MIN = Duration.ofMillis(50);

    /** Lettuce asks for two threads at least; so few suffice for packed entries and short scripts. */
    private static final int IO_THREADS = 2;

    private final RedisSettings settings;
    private final PoolClock clock;
    private final StoreMetrics metrics;
    private final ClientResources resources;
    private final Dialer dialer;
    private final ReentrantLock opening = new ReentrantLock();
    private final LinkKeeper keeper = new LinkKeeper(this);

    /** Counts every connect and disconnect; the server is verified for one value of it. */
    private final AtomicLong changes = new AtomicLong();

    /** Counts the disconnects of the shared connection alone. */
    private final AtomicLong interruptions = new AtomicLong();

    private volatile long verifiedAt = -1;
    private volatile boolean refused;
    private volatile boolean closed;
    private volatile @Nullable Wire shared;

    RedisLink(RedisSettings settings, PoolClock clock, StoreMetrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        resources = ClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(IO_THREADS)
                .reconnectDelay(Delay.exponential(RECONNECT_MIN, RECONNECT_MAX, 2, TimeUnit.MILLISECONDS))
                .build();
        dialer = Dialer.of(settings, resources);
        dialer.client().addListener(new Changes());
    }

    RedisSettings settings() {
        return settings;
    }

    PoolClock clock() {
        return clock;
    }

    Calls calls(String door) {
        return new Calls(this, door, metrics, settings.timeout());
    }

    /** True once the server answered in a way that waiting does not mend. */
    boolean refused() {
        return refused;
    }

    long interruptions() {
        return interruptions.get();
    }

    /** From now on it is opened and verified without a call, too. */
    void keepReady() {
        keeper.start();
    }

    boolean connected() {
        Wire connection = shared;
        return !closed && connection != null && connection.isOpen() && verifiedAt == changes.get();
    }

    /** The shared connection's commands; opens and verifies it where that is still to do. */
    RedisClusterAsyncCommands<String, byte[]> ready() throws StoreException {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        Wire connection = shared;
        if (connection == null || verifiedAt != changes.get()) {
            connection = openAndVerify();
        }
        return connection.commands();
    }

    private Wire openAndVerify() throws StoreException {
        lock(opening, settings.timeout());
        try {
            Wire connection = shared;
            if (connection == null) {
                connection = connect();
                shared = connection;
            }
            long seen = changes.get();
            if (verifiedAt != seen) {
                verify(connection, seen);
            }
            return connection;
        } finally {
            opening.unlock();
        }
    }

    private void verify(Wire connection, long seen) throws StoreException {
        Calls calls = new Calls(connection::commands, "identity", metrics, settings.timeout());
        ServerCheck.Outcome outcome = ServerCheck.check(calls, settings);
        switch (outcome) {
            case ServerCheck.Fits fits -> {
                refused = false;
                verifiedAt = seen;
            }
            case ServerCheck.Refused why -> {
                refused = true;
                throw new StoreException(why.message());
            }
        }
    }

    /** A connection of its own, for calls that block it. */
    Wire connect() throws StoreException {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        try {
            return dialer.dial();
        } catch (RedisException | IllegalStateException e) {
            if (cause(e) instanceof IllegalStateException) {
                // The client looked when the server had closed already, and lost why: it is told the next time.
                return dialAgain();
            }
            throw noConnection(e);
        }
    }

    private Wire dialAgain() throws StoreException {
        try {
            return dialer.dial();
        } catch (RedisException | IllegalStateException e) {
            throw noConnection(e);
        }
    }

    private static Throwable cause(RuntimeException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private StoreException noConnection(RuntimeException e) {
        return new StoreException(
                "no connection to the store's Redis at " + settings.place() + ": "
                        + cause(e).getMessage()
                        + settings.authority()
                                .map(file -> " (trusted is the authority of " + file + ")")
                                .orElse(""),
                e);
    }

    static void lock(ReentrantLock lock, Duration bound) throws StoreException {
        try {
            if (!lock.tryLock(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreException("the store's connection was busy for " + bound.toMillis() + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the store", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        keeper.end();
        dialer.client().shutdown(Duration.ZERO, settings.timeout());
        resources
                .shutdown(0, settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(settings.timeout().toMillis());
        keeper.join(settings.timeout());
        metrics.up(false);
    }

    private final class Changes implements RedisConnectionStateListener {
        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            changes.incrementAndGet();
            Wire present = shared;
            if (present == null || isOf(present, connection)) {
                metrics.up(true);
            }
            keeper.wake();
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            changes.incrementAndGet();
            Wire present = shared;
            if (present != null && isOf(present, connection)) {
                interruptions.incrementAndGet();
                metrics.up(dialer.spansServers() && present.isOpen());
            }
        }

        /** Of a cluster every server's connection counts: what was under way there is lost with it. */
        private boolean isOf(Wire wire, RedisChannelHandler<?, ?> connection) {
            return dialer.spansServers() || connection.equals(wire.connection());
        }
    }
}
