package org.motepool.dashboards.http;

import org.motepool.store.StoreException;

/**
 * A path, what is done with it, and who answers. Several of one template stand for several methods.
 *
 * @param template with {@code :name} for a variable part; it is also the metric's label, so addresses never are
 * @param bodyBytesMax what of a request's body is taken; 0: none is read
 */
public record Route(String template, Action action, int bodyBytesMax, Answerer answerer) {
    /** A path that is only read. */
    public Route(String template, Answerer answerer) {
        this(template, Action.READ, 0, answerer);
    }

    /** @param changes asked for by POST alone, since it changes something; else by GET and HEAD */
    public Route(String template, boolean changes, Answerer answerer) {
        this(template, changes ? Action.CHANGE : Action.READ, 0, answerer);
    }

    /** What is sent to a path, with a body. */
    public static Route taking(String template, int bodyBytesMax, Answerer answerer) {
        return new Route(template, Action.CHANGE, bodyBytesMax, answerer);
    }

    /** What a method is for. */
    public enum Action {
        READ("GET, HEAD"),
        CHANGE("POST"),
        /** A browser asks whether a page of another site may send something here. */
        PREFLIGHT("OPTIONS");

        private final String methods;

        Action(String methods) {
            this.methods = methods;
        }

        /** As the header {@code Allow} has them. */
        String methods() {
            return methods;
        }

        boolean takes(String method) {
            return (", " + methods + ",").contains(", " + method + ",");
        }
    }

    /** Runs on a virtual thread and may block for a bounded time. Thread-safe. */
    @FunctionalInterface
    public interface Answerer {
        Reply answer(Question question) throws StoreException;
    }
}
