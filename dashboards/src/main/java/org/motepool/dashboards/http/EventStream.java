package org.motepool.dashboards.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.motepool.core.time.PoolClock;

/**
 * One reader of events. While it reads slower than events come, the newest of each kind waits and the others are
 * forgotten, so it costs a few kilobytes however slow it is; one that takes nothing for a minute is let go. Thread-safe.
 */
public final class EventStream {
    /** Bytes that wait for the reader in the server beside the newest of each kind. */
    private static final int QUEUE_BYTES_MAX = 16_384;

    private static final long STUCK_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final HttpServerResponse response;
    private final Context loop;
    private final PoolClock clock;
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private boolean flushing;
    private boolean open;
    private long stuckSince;
    private boolean stuck;

    EventStream(HttpServerResponse response, Context loop, PoolClock clock) {
        this.response = response;
        this.loop = loop;
        this.clock = clock;
    }

    /** On the loop: the head is sent, events may go. */
    void opened() {
        response.setWriteQueueMaxSize(QUEUE_BYTES_MAX);
        response.drainHandler(drained -> flush());
        synchronized (this) {
            open = true;
        }
        flush();
    }

    /**
     * Sends a text as soon as the reader takes it.
     *
     * @param kind what it replaces while it waits
     */
    public void offer(String kind, String text) {
        synchronized (this) {
            waiting.remove(kind);
            waiting.put(kind, text);
            if (flushing || !open) {
                return;
            }
            flushing = true;
        }
        loop.runOnContext(none -> flush());
    }

    private void flush() {
        String texts;
        synchronized (this) {
            flushing = false;
            if (waiting.isEmpty() || response.closed()) {
                return;
            }
            if (response.writeQueueFull()) {
                giveUpWhenStuck();
                return;
            }
            stuck = false;
            texts = String.join("", waiting.values());
            waiting.clear();
        }
        response.write(texts);
    }

    private void giveUpWhenStuck() {
        long now = clock.nanos();
        if (!stuck) {
            stuck = true;
            stuckSince = now;
        } else if (now - stuckSince > STUCK_NANOS_MAX) {
            response.reset();
        }
    }

    /** Ends it; the reader comes back by itself. */
    public void end() {
        loop.runOnContext(none -> {
            if (!response.closed() && !response.ended()) {
                response.end();
            }
        });
    }

    /** Runs once when the reader is gone. */
    public void onGone(Runnable action) {
        response.closeHandler(closed -> action.run());
    }
}
