package org.motepool.payout.books;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.motepool.core.bytes.Bytes;

/** Requests of operators that were done, each once. Not thread-safe: the accountant's. */
final class RequestBook {
    /** Requests that are remembered; one that is older is not asked for again. */
    private static final int KEPT_MAX = 10_000;

    private final Set<Bytes> done = new LinkedHashSet<>();

    /** Throws IllegalStateException when it was done before. */
    void requireNew(Bytes request) {
        if (done.contains(request)) {
            throw new IllegalStateException("request " + request + " was done before");
        }
    }

    void add(Bytes request) {
        requireNew(request);
        done.add(request);
        if (done.size() > KEPT_MAX) {
            done.remove(done.iterator().next());
        }
    }

    boolean knows(Bytes request) {
        return done.contains(request);
    }

    /** Oldest first. */
    Set<Bytes> all() {
        return Collections.unmodifiableSet(done);
    }
}
