package org.motepool.pool.wiring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;

/**
 * A chain that remembers its last template, for the pages, and can be asked for templates before anyone takes them; all
 * else goes through. Thread-safe.
 */
final class ObservedChain implements Chain {
    private final Chain chain;
    private final PoolClock clock;
    private final AtomicReference<Optional<Seen>> last = new AtomicReference<>(Optional.empty());
    private final CompletableFuture<TemplateListener> listener = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();

    /** @param atMillis when the template came, milliseconds since 1970 */
    record Seen(BlockTemplate template, long atMillis) {}

    ObservedChain(Chain chain, PoolClock clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /** A node answers. */
    boolean isUp() {
        return chain.nodes().stream().anyMatch(NodeStatus::up);
    }

    Optional<Seen> lastTemplate() {
        return last.get();
    }

    /** Asks for templates from now on; the chain's thread holds the first one until {@link #start}. */
    void startAhead() {
        if (started.compareAndSet(false, true)) {
            chain.start((template, newTip) -> {
                last.set(Optional.of(new Seen(template, clock.epochMillis())));
                listener.join().onTemplate(template, newTip);
            });
        }
    }

    @Override
    public void start(TemplateListener taker) {
        if (!listener.complete(taker)) {
            throw new IllegalStateException("the chain was started or closed before");
        }
        startAhead();
    }

    @Override
    public ChainParameters parameters() {
        return chain.parameters();
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block) {
        return chain.submit(hash, block);
    }

    @Override
    public ChainTip tip() throws ChainException {
        return chain.tip();
    }

    @Override
    public Optional<Hash256> hashAt(int height) throws ChainException {
        return chain.hashAt(height);
    }

    @Override
    public Optional<ChainBlock> block(Hash256 hash) throws ChainException {
        return chain.block(hash);
    }

    @Override
    public Optional<Money> walletCoins(String address) throws ChainException {
        return chain.walletCoins(address);
    }

    @Override
    public List<NodeStatus> nodes() {
        return chain.nodes();
    }

    @Override
    public void close() {
        // Where nobody has come for them, the chain's thread waits with a template in its hand.
        listener.complete((_, _) -> {});
        chain.close();
    }
}
