package org.motepool.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.net.SocketAddress;
import java.nio.file.Path;
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
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Commands that wait for one connection; far more than callers there are. */
    private static final int REQUESTS_MAX = 20_000;

    /** A Redis that comes back is found within this. */
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);

    private static final Duration RECONNECT_MIN = Duration.ofMillis(50);

    /** Lettuce asks for two threads at least; so few suffice for packed entries and short scripts. */
    private static final int IO_THREADS = 2;

    private final RedisSettings settings;
    private final PoolClock clock;
    private final StoreMetrics metrics;
    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private final ReentrantLock opening = new ReentrantLock();
    private final LinkKeeper keeper = new LinkKeeper(this);

    /** Counts every connect and disconnect; the server is verified for one value of it. */
    private final AtomicLong changes = new AtomicLong();

    /** Counts the disconnects of the shared connection alone. */
    private final AtomicLong interruptions = new AtomicLong();

    private volatile long verifiedAt = -1;
    private volatile boolean refused;
    private volatile boolean closed;
    private volatile @Nullable StatefulRedisConnection<String, byte[]> shared;

    RedisLink(RedisSettings settings, PoolClock clock, StoreMetrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        uri = uriOf(settings);
        resources = ClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(IO_THREADS)
                .reconnectDelay(Delay.exponential(RECONNECT_MIN, RECONNECT_MAX, 2, TimeUnit.MILLISECONDS))
                .build();
        client = RedisClient.create(resources, uri);
        client.setOptions(options(settings));
        client.addListener(new Changes());
    }

    private static RedisURI uriOf(RedisSettings settings) {
        RedisURI uri = parsed(settings.uri());
        // Set on it, not built from it: a copy by the builder loses the Sentinels.
        uri.setTimeout(settings.timeout());
        uri.setClientName("motepool");
        // Not sent: Redis 7.2 would ask for a right of its own that older ones do not know.
        uri.setLibraryName("");
        uri.setLibraryVersion("");
        settings.password().ifPresent(password -> uri.setAuthentication(userOf(uri), password.toCharArray()));
        return uri;
    }

    private static @Nullable String userOf(RedisURI uri) {
        return uri.getCredentialsProvider()
                        instanceof RedisCredentialsProvider.ImmediateRedisCredentialsProvider fromUri
                ? fromUri.resolveCredentialsNow().getUsername()
                : null;
    }

    private static RedisURI parsed(String uri) {
        try {
            return RedisURI.create(uri);
        } catch (IllegalArgumentException e) {
            // The cause would show the whole address, password included.
            throw new IllegalArgumentException(
                    "the store's uri is not redis://[user:password@]host[:port][/database] or"
                            + " redis-sentinel://[user:password@]host:port,host:port#name");
        }
    }

    private static ClientOptions options(RedisSettings settings) {
        Duration timeout = settings.timeout();
        SocketOptions.Builder socket =
                SocketOptions.builder().connectTimeout(timeout).keepAlive(true);
        if (EpollProvider.isAvailable()) {
            // Finds a peer that vanished without a word; only the native transport can set it.
            socket.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(timeout.multipliedBy(2))
                    .build());
        }
        // Calls bounds each call itself: reads that wait inside Redis may take longer than the rest.
        TimeoutOptions unbounded = TimeoutOptions.create();
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(timeout);
        settings.authority().map(Path::toFile).ifPresent(tls::trustManager);
        return ClientOptions.builder()
                .sslOptions(tls.build())
                .protocolVersion(ProtocolVersion.RESP2)
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .requestQueueSize(REQUESTS_MAX)
                .timeoutOptions(unbounded)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socket.build())
                .build();
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
        StatefulRedisConnection<String, byte[]> connection = shared;
        return !closed && connection != null && connection.isOpen() && verifiedAt == changes.get();
    }

    /** The shared connection's commands; opens and verifies it where that is still to do. */
    RedisAsyncCommands<String, byte[]> ready() throws StoreException {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        StatefulRedisConnection<String, byte[]> connection = shared;
        if (connection == null || verifiedAt != changes.get()) {
            connection = openAndVerify();
        }
        return connection.async();
    }

    private StatefulRedisConnection<String, byte[]> openAndVerify() throws StoreException {
        lock(opening, settings.timeout());
        try {
            StatefulRedisConnection<String, byte[]> connection = shared;
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

    private void verify(StatefulRedisConnection<String, byte[]> connection, long seen) throws StoreException {
        Calls calls = new Calls(connection::async, "identity", metrics, settings.timeout());
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
    StatefulRedisConnection<String, byte[]> connect() throws StoreException {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        try {
            return client.connect(CODEC, uri);
        } catch (RedisException | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StoreException(
                    "no connection to the store's Redis at " + settings.place() + ": " + cause.getMessage()
                            + settings.authority()
                                    .map(file -> " (trusted is the authority of " + file + ")")
                                    .orElse(""),
                    e);
        }
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
        client.shutdown(Duration.ZERO, settings.timeout());
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
            StatefulRedisConnection<String, byte[]> present = shared;
            if (present == null || connection.equals(present)) {
                metrics.up(true);
            }
            keeper.wake();
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            changes.incrementAndGet();
            if (connection.equals(shared)) {
                interruptions.incrementAndGet();
                metrics.up(false);
            }
        }
    }
}
