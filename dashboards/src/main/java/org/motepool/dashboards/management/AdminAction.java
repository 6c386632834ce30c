package org.motepool.dashboards.management;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.motepool.store.StoreException;

/**
 * One thing that an operator may ask of this process or do to it; only who has the token gets so far.
 *
 * @param path below {@code /admin/}
 * @param changes asked for by POST alone
 */
public record AdminAction(String path, boolean changes, Doing doing) {
    /** Runs on a virtual thread and may block for a bounded time. Thread-safe. */
    @FunctionalInterface
    public interface Doing {
        /** @param parameters of the query, decoded; chosen by the caller */
        JsonNode answer(Map<String, String> parameters) throws Refusal, StoreException;
    }

    /** What was asked for cannot be done: the caller's fault; the message says how to mend it. */
    public static final class Refusal extends Exception {
        public Refusal(String message) {
            super(message);
        }
    }

    public static AdminAction reading(String name, Doing doing) {
        return new AdminAction("/admin/" + name, false, doing);
    }

    public static AdminAction changing(String name, Doing doing) {
        return new AdminAction("/admin/" + name, true, doing);
    }
}
