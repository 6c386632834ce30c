package org.motepool.stratum.v1;

import java.util.List;
import java.util.OptionalInt;

/** What the pool says on a connection, notify excepted: that is encoded once for all ({@link NotifyLine}). */
public sealed interface PoolMessage {
    /** Success of a request that answers with {@code true}. */
    record Done(RequestId id) implements PoolMessage {}

    /**
     * @param sessionId echoed by some clients when they come back
     * @param extranonce1 its 4 bytes, big-endian
     */
    record Subscribed(RequestId id, String sessionId, int extranonce1, int extranonce2Bytes) implements PoolMessage {}

    /**
     * @param versionMask empty when version rolling was not asked for
     * @param refused other extensions asked for, each answered {@code false}
     */
    record Configured(RequestId id, OptionalInt versionMask, List<String> refused) implements PoolMessage {
        public Configured {
            refused = List.copyOf(refused);
        }
    }

    /** @param text short; most clients show it */
    record Refused(RequestId id, ErrorCode code, String text) implements PoolMessage {
        public Refused(RequestId id, ErrorCode code) {
            this(id, code, code.text());
        }
    }

    /** An authorization that failed: {@code false} with the reason, as clients that look at the result alone expect. */
    record NotAuthorized(RequestId id, String reason) implements PoolMessage {}

    /** Asks the device to come back by the address that it was given. */
    record Reconnect() implements PoolMessage {}

    /**
     * Holds for the jobs sent after it.
     *
     * @param difficulty a plain decimal, as {@code DifficultyScale.announced} writes it
     */
    record SetDifficulty(String difficulty) implements PoolMessage {}
}
