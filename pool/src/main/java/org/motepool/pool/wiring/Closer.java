package org.motepool.pool.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was started, last first; a failure of one does not keep the others open. Thread-safe. */
final class Closer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private final Deque<Named> opened = new ArrayDeque<>();

    private record Named(String name, AutoCloseable part) {}

    synchronized <T extends AutoCloseable> T add(String name, T part) {
        opened.push(new Named(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            Named next = opened.pop();
            try {
                next.part().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("closing {} was interrupted", next.name());
            } catch (Exception e) {
                LOG.warn("closing {} failed: {}", next.name(), e.toString());
            }
        }
    }
}
