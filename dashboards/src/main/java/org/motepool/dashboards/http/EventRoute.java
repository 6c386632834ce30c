package org.motepool.dashboards.http;

import java.util.Optional;

/** A path under which events are streamed. */
public record EventRoute(String template, Opening opening) {
    /** Takes a stream that a reader opened; runs on an event loop and must not block. */
    @FunctionalInterface
    public interface Opening {
        /** @return a refusal's status and message, or nothing: the stream is taken */
        Optional<Reply> open(Question question, String lastEventId, EventStream stream);
    }
}
