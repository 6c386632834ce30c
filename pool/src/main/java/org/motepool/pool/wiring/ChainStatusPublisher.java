package org.motepool.pool.wiring;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.motepool.pool.config.PoolConfig;
import org.motepool.store.ChainStatus;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the pages once a second where chain and pool stand. */
final class ChainStatusPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainStatusPublisher.class);

    private final ObservedChain chain;
    private final Store store;
    private final PoolConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("chain-status").factory());

    ChainStatusPublisher(ObservedChain chain, Store store, PoolConfig config) {
        this.chain = chain;
        this.store = store;
        this.config = config;
        // A failure of one turn is caught in it, so there is nothing to learn from the future.
        var _ = timer.scheduleWithFixedDelay(this::publish, 0, 1, TimeUnit.SECONDS);
    }

    private void publish() {
        try {
            chain.lastTemplate().ifPresent(this::publish);
        } catch (RuntimeException e) {
            LOG.warn("the chain's state cannot be published", e);
        }
    }

    private void publish(ObservedChain.Seen seen) {
        try {
            store.chainStatus()
                    .publish(new ChainStatus.View(
                            config.network().id(),
                            seen.template().height() - 1,
                            seen.template().prevHash().toDisplayHex(),
                            seen.template().nbits().toHex(),
                            chain.parameters().powShift().bits(),
                            seen.template().transactions().size(),
                            seen.atMillis(),
                            chain.isUp(),
                            config.feeBasisPoints(),
                            config.minimumPayout(),
                            config.ports().mode().name(),
                            chain.parameters().coinbaseMaturity(),
                            (int) chain.parameters().blockTime().toSeconds(),
                            seen.template().coinbaseValue()));
        } catch (StoreException e) {
            LOG.debug("the chain's state waits for the store: {}", e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
