package org.motepool.chain.node;

import java.time.Duration;

/**
 * How long the node side waits; tests make it shorter.
 *
 * @param refresh between plain requests for a template, which bring in new transactions and prove that the node lives
 * @param refreshAlone the same for a node that offers no long poll
 * @param retryMin before a failed request is made again; doubles up to {@code retryMax}
 * @param longPoll after which a silent long poll is begun anew
 * @param longPollPause least time from one long poll to the next, against nodes that answer at once
 * @param submitRetry between two tries to submit a block, and between two looks for it
 */
record Timing(
        Duration refresh,
        Duration refreshAlone,
        Duration retryMin,
        Duration retryMax,
        Duration longPoll,
        Duration longPollPause,
        Duration submitRetry) {
    static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(500));

    Duration retry(int failures) {
        Duration doubled = retryMin.multipliedBy(1L << Math.min(failures, 16));
        return doubled.compareTo(retryMax) < 0 ? doubled : retryMax;
    }
}
