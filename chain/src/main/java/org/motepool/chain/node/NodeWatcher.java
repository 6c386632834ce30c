package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.chain.template.ReplyFields;
import org.motepool.chain.template.TemplateParser;
import org.motepool.core.time.PoolClock;

/**
 * Watches one node: plain requests at a steady pace, a long poll beside them, and a bell that ZMQ and found blocks ring.
 * Each way alone is enough; together they hear of a block at once.
 */
final class NodeWatcher implements AutoCloseable {
    /** Hears what the node gives, on the watcher's threads. */
    interface Sink {
        void template(int node, BlockTemplate template);

        void down(int node);
    }

    private static final String METHOD = "getblocktemplate";

    private final ChainNode node;
    private final ChainParameters parameters;
    private final Timing timing;
    private final PoolClock clock;
    private final Sink sink;
    private final Semaphore bell = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private final @Nullable ZmqBell zmq;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable BlockTemplate last;
    private @Nullable String longPollId;
    private long deliveries;
    private volatile boolean closed;

    NodeWatcher(ChainNode node, ChainParameters parameters, Timing timing, PoolClock clock, Sink sink) {
        this.node = node;
        this.parameters = parameters;
        this.timing = timing;
        this.clock = clock;
        this.sink = sink;
        zmq = node.settings()
                .zmqHashBlock()
                .map(endpoint -> new ZmqBell(node.name(), endpoint, this::ring))
                .orElse(null);
    }

    void start() {
        threads.add(Thread.ofVirtual().name("node-" + node.index() + "-refresh").start(this::refreshLoop));
        threads.add(
                Thread.ofVirtual().name("node-" + node.index() + "-longpoll").start(this::longPollLoop));
        if (zmq != null) {
            zmq.start();
        }
    }

    /** Asks the node at once. */
    void ring() {
        bell.release();
    }

    private void refreshLoop() {
        int failures = 0;
        boolean verified = false;
        try {
            while (!closed) {
                Duration pause;
                try {
                    verified = verified || verify();
                    pause = verified ? refresh() : timing.retryMax();
                    failures = 0;
                } catch (NodeException | MalformedReplyException e) {
                    verified = false;
                    down(named(e));
                    pause = timing.retry(failures++);
                }
                bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String named(Exception e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof MalformedReplyException ? "node " + node.name() + ": " + message : message;
    }

    private boolean verify() throws NodeException, MalformedReplyException, InterruptedException {
        String wrong = node.wrongNetwork(parameters.network());
        if (!wrong.isEmpty()) {
            down(wrong);
        }
        return wrong.isEmpty();
    }

    private Duration refresh() throws NodeException, MalformedReplyException, InterruptedException {
        long seen = deliveriesSoFar();
        receive(node.call(METHOD, request(null)), seen);
        return longPollIdNow().isPresent() ? timing.refresh() : timing.refreshAlone();
    }

    private Map<String, Object> request(@Nullable String id) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("rules", parameters.templateRules());
        request.put("capabilities", List.of("coinbasevalue", "longpoll"));
        if (id != null) {
            request.put("longpollid", id);
        }
        return request;
    }

    private void longPollLoop() {
        try {
            while (!closed) {
                String id = awaitLongPollId();
                long begin = clock.nanos();
                boolean newTip = false;
                try {
                    long seen = deliveriesSoFar();
                    newTip = receive(node.longCall(METHOD, List.of(request(id)), timing.longPoll()), seen);
                } catch (NodeException | MalformedReplyException e) {
                    // A silent long poll ends here too. The plain request finds out whether the node is in trouble.
                    ring();
                }
                long early = timing.longPollPause().toNanos() - (clock.nanos() - begin);
                if (!newTip && early > 0) {
                    pause(early);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private String awaitLongPollId() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (longPollId == null) {
                changed.await();
            }
            return longPollId;
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> longPollIdNow() {
        lock.lock();
        try {
            return Optional.ofNullable(longPollId);
        } finally {
            lock.unlock();
        }
    }

    private long deliveriesSoFar() {
        lock.lock();
        try {
            return deliveries;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a reply in.
     *
     * @param seen deliveries before the request was made
     * @return whether it builds on another tip than the node's last template
     */
    private boolean receive(JsonNode reply, long seen) throws MalformedReplyException {
        BlockTemplate template = TemplateParser.parse(reply);
        Optional<String> id = ReplyFields.of(METHOD, reply).optionalText("longpollid");
        lock.lock();
        try {
            boolean newTip = last == null || !template.prevHash().equals(last.prevHash());
            if (overtaken(template, newTip, seen)) {
                ring();
                return false;
            }
            last = template;
            longPollId = id.orElse(null);
            deliveries++;
            changed.signalAll();
            node.markUp();
            if (newTip && zmq != null) {
                zmq.newTipHeardElsewhere();
            }
            sink.template(node.index(), template);
            return newTip;
        } finally {
            lock.unlock();
        }
    }

    /** Two requests are under way side by side: an answer made before the other's must not bring its older tip back. */
    private boolean overtaken(BlockTemplate template, boolean newTip, long seen) {
        return newTip && last != null && deliveries != seen && template.height() <= last.height();
    }

    private void down(String trouble) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            longPollId = null;
            last = null;
            node.markDown(trouble);
            sink.down(node.index());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (zmq != null) {
            zmq.close();
        }
        threads.forEach(Thread::interrupt);
        threads.forEach(Joins::await);
    }
}
