package org.motepool.chain.node;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.motepool.chain.Chain.TemplateListener;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.hash.Hash256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the listener on one thread of its own, newest template only: a slow listener misses middle ones, never a change
 * of tip, because that is told by comparing with what it heard last.
 */
final class TemplateDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemplateDelivery.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Thread thread;
    private @Nullable BlockTemplate waiting;
    private boolean closed;

    TemplateDelivery(TemplateListener listener) {
        thread = Thread.ofVirtual().name("chain-templates").start(() -> run(listener));
    }

    void put(BlockTemplate template) {
        lock.lock();
        try {
            waiting = template;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run(TemplateListener listener) {
        @Nullable Hash256 heard = null;
        for (BlockTemplate next = take(); next != null; next = take()) {
            boolean newTip = heard == null || !next.prevHash().equals(heard);
            try {
                listener.onTemplate(next, newTip);
            } catch (RuntimeException e) {
                LOG.error("a template of height {} could not be handed on", next.height(), e);
            }
            heard = next.prevHash();
        }
    }

    private @Nullable BlockTemplate take() {
        lock.lock();
        try {
            while (waiting == null && !closed) {
                arrived.awaitUninterruptibly();
            }
            BlockTemplate next = closed ? null : waiting;
            waiting = null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        Joins.await(thread);
    }
}
