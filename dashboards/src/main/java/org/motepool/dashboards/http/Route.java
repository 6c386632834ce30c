package org.motepool.dashboards.http;

import org.motepool.store.StoreException;

/**
 * A path and who answers it.
 *
 * @param template with {@code :name} for a variable part; it is also the metric's label, so addresses never are
 * @param changes asked for by POST alone, since it changes something; else by GET and HEAD
 */
public record Route(String template, boolean changes, Answerer answerer) {
    /** A path that is only read. */
    public Route(String template, Answerer answerer) {
        this(template, false, answerer);
    }

    /** Runs on a virtual thread and may block for a bounded time. Thread-safe. */
    @FunctionalInterface
    public interface Answerer {
        Reply answer(Question question) throws StoreException;
    }
}
