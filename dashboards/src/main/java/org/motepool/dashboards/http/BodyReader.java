package org.motepool.dashboards.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Takes the body of one request, up to a bound of bytes and of time. One event loop's. */
final class BodyReader {
    /** A body of a few kB comes in a packet or two; who takes longer holds a place that others need. */
    private static final long MILLIS_MAX = 10_000;

    private final Buffer body = Buffer.buffer();
    private final int bytesMax;
    private final Consumer<String> done;
    private final IntConsumer refused;
    private boolean over;

    private BodyReader(int bytesMax, Consumer<String> done, IntConsumer refused) {
        this.bytesMax = bytesMax;
        this.done = done;
        this.refused = refused;
    }

    /**
     * To be called before the loop goes on to anything else.
     *
     * @param done takes the body, read as UTF-8
     * @param refused takes the status, 413 or 408, when there is no whole body; one of the two is called at most once
     */
    static void read(Vertx vertx, HttpServerRequest request, int bytesMax, Consumer<String> done, IntConsumer refused) {
        BodyReader reader = new BodyReader(bytesMax, done, refused);
        long timer = vertx.setTimer(MILLIS_MAX, late -> reader.end(() -> refused.accept(408)));
        request.handler(reader::take);
        request.exceptionHandler(gone -> {
            vertx.cancelTimer(timer);
            reader.over = true;
        });
        request.endHandler(none -> {
            vertx.cancelTimer(timer);
            reader.end(() -> reader.done.accept(reader.body.toString(StandardCharsets.UTF_8)));
        });
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + chunk.length() > bytesMax) {
            end(() -> refused.accept(413));
            return;
        }
        body.appendBuffer(chunk);
    }

    private void end(Runnable last) {
        if (!over) {
            over = true;
            last.run();
        }
    }
}
