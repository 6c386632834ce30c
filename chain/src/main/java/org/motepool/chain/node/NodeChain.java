package org.motepool.chain.node;

import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain behind one or more full nodes, the first one preferred. Thread-safe.
 *
 * <p>All nodes are watched all the time; {@link TemplateSelector} says whose templates count. Questions go to the node
 * in use first and then to the others, blocks go to all of them.
 */
public final class NodeChain implements Chain {
    /** A pool has one node or two; more than this is a slip in the configuration. */
    public static final int NODES_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(NodeChain.class);

    private final ChainParameters parameters;
    private final List<ChainNode> nodes;
    private final List<NodeWatcher> watchers = new ArrayList<>();
    private final ExecutorService executor;
    private final BlockSubmitter submitter;
    private final TemplateSelector selector;
    private final NodeMetrics metrics;
    private final PoolClock clock;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable TemplateDelivery delivery;
    private boolean started;
    private boolean closed;

    /**
     * Connects to the nodes. Blocks until each was asked once, at most for one request's timeout.
     *
     * @param nodes in order of preference
     * @throws ChainException when a node answers that it is on another chain; a node that does not answer is only
     *     logged, and used once it does
     */
    public static NodeChain open(
            ChainParameters parameters, List<NodeSettings> nodes, PoolClock clock, CollectorRegistry registry)
            throws ChainException {
        return open(parameters, nodes, clock, registry, Timing.DEFAULT);
    }

    static NodeChain open(
            ChainParameters parameters,
            List<NodeSettings> nodes,
            PoolClock clock,
            CollectorRegistry registry,
            Timing timing)
            throws ChainException {
        if (nodes.isEmpty() || nodes.size() > NODES_MAX) {
            throw new IllegalArgumentException("a chain has 1 to " + NODES_MAX + " nodes, not " + nodes.size());
        }
        NodeChain chain = new NodeChain(parameters, nodes, clock, registry, timing);
        try {
            chain.requireNetwork();
            return chain;
        } catch (ChainException e) {
            chain.close();
            throw e;
        }
    }

    private NodeChain(
            ChainParameters parameters,
            List<NodeSettings> settings,
            PoolClock clock,
            CollectorRegistry registry,
            Timing timing) {
        this.parameters = parameters;
        this.clock = clock;
        this.timing = timing;
        metrics = new NodeMetrics(registry, clock);
        List<ChainNode> made = new ArrayList<>();
        for (NodeSettings node : settings) {
            made.add(new ChainNode(made.size(), node, metrics, clock));
        }
        nodes = List.copyOf(made);
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("node-calls-", 0).factory());
        submitter = new BlockSubmitter(nodes, timing, executor);
        selector = new TemplateSelector(nodes.size());
    }

    private void requireNetwork() throws ChainException {
        List<CompletableFuture<String>> answers = nodes.stream()
                .map(node -> CompletableFuture.supplyAsync(() -> wrongNetwork(node), executor))
                .toList();
        List<String> wrong = answers.stream()
                .map(CompletableFuture::join)
                .filter(text -> !text.isEmpty())
                .toList();
        if (!wrong.isEmpty()) {
            throw new ChainException(String.join("; ", wrong));
        }
    }

    private String wrongNetwork(ChainNode node) {
        try {
            return node.wrongNetwork(parameters.network());
        } catch (NodeException | MalformedReplyException e) {
            LOG.warn("cannot check the chain of {} yet: {}", node.name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    @Override
    public ChainParameters parameters() {
        return parameters;
    }

    @Override
    public void start(TemplateListener listener) {
        lock.lock();
        try {
            if (started || closed) {
                throw new IllegalStateException("the chain was started or closed before");
            }
            started = true;
            delivery = new TemplateDelivery(listener);
            NodeWatcher.Sink sink = new Choice();
            nodes.forEach(node -> watchers.add(new NodeWatcher(node, parameters, timing, clock, sink)));
            watchers.forEach(NodeWatcher::start);
        } finally {
            lock.unlock();
        }
    }

    /** Brings what the watchers hear through the selector to the listener. */
    private final class Choice implements NodeWatcher.Sink {
        @Override
        public void template(int node, BlockTemplate template) {
            lock.lock();
            try {
                selector.offer(node, template, clock.nanos()).ifPresent(this::deliver);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void down(int node) {
            lock.lock();
            try {
                selector.withdraw(node, clock.nanos()).ifPresent(this::deliver);
            } finally {
                lock.unlock();
            }
        }

        private void deliver(BlockTemplate template) {
            if (delivery != null) {
                metrics.template(template);
                delivery.put(template);
            }
        }
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block) {
        return submitter
                .submit(hash, block)
                .whenComplete((outcome, failure) -> watchersNow().forEach(NodeWatcher::ring));
    }

    private List<NodeWatcher> watchersNow() {
        lock.lock();
        try {
            return List.copyOf(watchers);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ChainTip tip() throws ChainException {
        return ask(NodeQueries::tip);
    }

    @Override
    public Optional<Hash256> hashAt(int height) throws ChainException {
        return ask(node -> NodeQueries.hashAt(node, height));
    }

    @Override
    public Optional<ChainBlock> block(Hash256 hash) throws ChainException {
        return ask(node -> NodeQueries.block(node, hash));
    }

    @Override
    public Optional<Money> walletCoins(String address) throws ChainException {
        return ask(node -> NodeQueries.walletCoins(node, address));
    }

    private interface Question<T> {
        T ask(ChainNode node) throws NodeException, MalformedReplyException, InterruptedException;
    }

    /** Asks the node in use, then the others that are up, then those that were not a moment ago. */
    private <T> T ask(Question<T> question) throws ChainException {
        List<String> troubles = new ArrayList<>();
        List<ChainNode> order = nodes.stream()
                .sorted(Comparator.comparing((ChainNode node) -> !inUse(node)).thenComparing(node -> !node.up()))
                .toList();
        for (ChainNode node : order) {
            try {
                return question.ask(node);
            } catch (NodeException e) {
                troubles.add(e.getMessage());
            } catch (MalformedReplyException e) {
                troubles.add("node " + node.name() + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ChainException("interrupted while asking node " + node.name(), e);
            }
        }
        throw new ChainException("no node could answer: " + String.join("; ", troubles));
    }

    private boolean inUse(ChainNode node) {
        lock.lock();
        try {
            return selector.inUse(node.index());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<NodeStatus> nodes() {
        return nodes.stream()
                .map(node -> new NodeStatus(node.name(), node.up(), inUse(node), node.trouble()))
                .toList();
    }

    @Override
    public void close() {
        TemplateDelivery ending;
        lock.lock();
        try {
            closed = true;
            ending = delivery;
        } finally {
            lock.unlock();
        }
        watchersNow().forEach(NodeWatcher::close);
        if (ending != null) {
            ending.close();
        }
        executor.shutdownNow();
        nodes.forEach(ChainNode::close);
    }
}
