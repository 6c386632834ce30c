package org.motepool.stratum;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;

/** A chain that says what the test wants. Thread-safe. */
final class FakeChain implements Chain {
    private final ChainParameters parameters;
    private final List<Bytes> submitted = new ArrayList<>();
    private SubmitOutcome outcome = new SubmitOutcome(true, List.of("fake: accepted"));
    private @Nullable TemplateListener listener;
    private @Nullable BlockTemplate first;

    FakeChain(ChainParameters parameters) {
        this.parameters = parameters;
    }

    /** A template that is there as soon as the chain starts. */
    synchronized FakeChain withTemplate(BlockTemplate template) {
        first = template;
        return this;
    }

    synchronized void answer(SubmitOutcome wanted) {
        outcome = wanted;
    }

    void template(BlockTemplate template, boolean newTip) {
        TemplateListener target;
        synchronized (this) {
            target = Objects.requireNonNull(listener);
        }
        target.onTemplate(template, newTip);
    }

    synchronized List<Bytes> submitted() {
        return List.copyOf(submitted);
    }

    @Override
    public ChainParameters parameters() {
        return parameters;
    }

    @Override
    public void start(TemplateListener wanted) {
        BlockTemplate template;
        synchronized (this) {
            listener = wanted;
            template = first;
        }
        if (template != null) {
            wanted.onTemplate(template, true);
        }
    }

    @Override
    public synchronized CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block) {
        submitted.add(block);
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public ChainTip tip() {
        return new ChainTip(0, Hash256.ZERO);
    }

    @Override
    public Optional<Hash256> hashAt(int height) {
        return Optional.empty();
    }

    @Override
    public Optional<ChainBlock> block(Hash256 hash) {
        return Optional.empty();
    }

    @Override
    public List<NodeStatus> nodes() {
        return List.of();
    }

    @Override
    public void close() {}
}
