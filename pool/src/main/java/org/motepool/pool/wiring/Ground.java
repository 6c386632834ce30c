package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.store.AccountantLease;
import org.motepool.store.redis.RedisStore;

/**
 * What the roles of one process stand on: settings, clock, metrics, and store and chain, opened when a role first asks
 * and shared by all. What is closed first was opened last. Used by the thread that starts the process.
 */
final class Ground implements AutoCloseable {
    private final PoolConfig config;
    private final PoolClock clock;
    private final CollectorRegistry registry = new CollectorRegistry(true);
    private final BuildInfo info;
    private final Closer closer = new Closer();
    private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();
    private @Nullable RedisStore store;
    private @Nullable ObservedChain chain;

    Ground(PoolConfig config, PoolClock clock) throws IOException {
        this.config = config;
        this.clock = clock;
        info = new BuildInfo(registry, clock);
        Files.createDirectories(config.data());
    }

    PoolConfig config() {
        return config;
    }

    PoolClock clock() {
        return clock;
    }

    CollectorRegistry registry() {
        return registry;
    }

    BuildInfo info() {
        return info;
    }

    RedisStore store() throws Failure {
        RedisStore open = store;
        if (open == null) {
            open = StoreOpener.open(config, clock, registry, closer);
            store = open;
        }
        return open;
    }

    /** Empty where the Redis is this process's own, which nobody else can reach. */
    Optional<AccountantLease> accountantLease() throws Failure {
        return config.redis().url().isPresent() ? Optional.of(store().accountantLease()) : Optional.empty();
    }

    ObservedChain chain() throws Failure {
        ObservedChain open = chain;
        if (open == null) {
            Chain behind = ChainOpener.open(config, clock, registry);
            open = closer.add("chain", new ObservedChain(behind, clock));
            chain = open;
        }
        return open;
    }

    /** Done when an operator has asked this process to stop; what then happens is for whoever started it. */
    CompletableFuture<Void> stopAsked() {
        return stopAsked;
    }

    /** To be closed with the process, before what was added earlier. */
    <T extends AutoCloseable> T add(String name, T part) {
        return closer.add(name, part);
    }

    @Override
    public void close() {
        closer.close();
    }
}
