package org.motepool.chain.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Rings when the node publishes a new block on ZMQ. What the message says is not trusted, it only makes the watcher ask;
 * where ZMQ stays silent, long poll and plain requests still find every block.
 */
final class ZmqBell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZmqBell.class);
    private static final String TOPIC = "hashblock";
    /** So that {@code close} is heard. */
    private static final Duration RECEIVE_MAX = Duration.ofMillis(500);
    /** The topic, a hash, a counter: all frames are short. */
    private static final int FRAME_BYTES_MAX = 256;

    private static final int WAITING_MAX = 100;
    /** On a busy machine a handshake now and then hangs; it is given up and begun anew. */
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(1);
    /** Blocks found in other ways without a word from ZMQ, before it is called silent. */
    private static final int SILENT_BLOCKS_MAX = 3;

    private final String node;
    private final String endpoint;
    private final Runnable ring;
    private final Thread thread;
    private final AtomicInteger missed = new AtomicInteger();
    private volatile boolean closed;

    ZmqBell(String node, String endpoint, Runnable ring) {
        this.node = node;
        this.endpoint = endpoint;
        this.ring = ring;
        // jeromq blocks in a selector, which would hold a carrier of virtual threads.
        thread = Thread.ofPlatform().daemon().name("node-zmq-" + node).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (ZContext context = new ZContext(1)) {
            context.setLinger(0);
            ZMQ.Socket socket = context.createSocket(SocketType.SUB);
            socket.setReceiveTimeOut((int) RECEIVE_MAX.toMillis());
            socket.setMaxMsgSize(FRAME_BYTES_MAX);
            socket.setRcvHWM(WAITING_MAX);
            socket.setHandshakeIvl((int) HANDSHAKE_MAX.toMillis());
            socket.subscribe(TOPIC.getBytes(StandardCharsets.US_ASCII));
            socket.connect(endpoint);
            while (!closed) {
                byte[] topic = socket.recv();
                boolean known = topic != null && TOPIC.equals(new String(topic, StandardCharsets.US_ASCII));
                while (topic != null && socket.hasReceiveMore()) {
                    socket.recv();
                }
                if (known) {
                    missed.set(0);
                    ring.run();
                }
            }
        } catch (ZMQException e) {
            LOG.warn("ZMQ of node {} at {} failed; new blocks are found by long poll only", node, endpoint, e);
        }
    }

    void newTipHeardElsewhere() {
        if (missed.incrementAndGet() == SILENT_BLOCKS_MAX) {
            LOG.warn(
                    "node {}: no word from ZMQ at {} for {} blocks; new blocks are found by long poll. Does the node run"
                            + " with zmqpubhashblock={}?",
                    node,
                    endpoint,
                    SILENT_BLOCKS_MAX,
                    endpoint);
        }
    }

    @Override
    public void close() {
        closed = true;
        Joins.await(thread);
    }
}
