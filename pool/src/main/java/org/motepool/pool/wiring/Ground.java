package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
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
    private @Nullable CompletableFuture<ObservedChain> chain;
    private final List<Runnable> onceUp = new ArrayList<>();

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

    /** Waits for it where it is being opened. */
    ObservedChain chain() throws Failure {
        CompletableFuture<ObservedChain> opening = chain;
        if (opening == null) {
            opening = openChain(false);
        }
        try {
            return opening.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure
                    ? failure
                    : new Failure(Failure.FAILED, "the chain cannot be opened: " + e.getCause(), e);
        }
    }

    /**
     * Begins to open the chain while the rest starts.
     *
     * @param templates whether to ask for them too, as a node takes its time for the first one
     */
    void openChainAhead(boolean templates) {
        var _ = openChain(templates);
    }

    private CompletableFuture<ObservedChain> openChain(boolean templates) {
        CompletableFuture<ObservedChain> opening = new CompletableFuture<>();
        chain = opening;
        closer.add(
                "chain",
                () -> opening.thenAccept(ObservedChain::close)
                        .exceptionally(_ -> null)
                        .join());
        Thread.ofPlatform().name("chain-opener").start(() -> {
            try {
                ObservedChain open = new ObservedChain(ChainOpener.open(config, clock, registry), clock);
                if (templates) {
                    open.startAhead();
                }
                opening.complete(open);
            } catch (Failure | RuntimeException e) {
                opening.completeExceptionally(e);
            }
        });
        return opening;
    }

    /** To be run when the whole process has started: what would only hold that up. */
    void onceUp(Runnable work) {
        onceUp.add(work);
    }

    void up() {
        onceUp.forEach(Runnable::run);
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
