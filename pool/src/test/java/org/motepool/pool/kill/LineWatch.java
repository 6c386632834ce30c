package org.motepool.pool.kill;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** Waits for a line with that text in it. */
record LineWatch(String wanted, CountDownLatch seen) implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.contains(wanted)) {
            seen.countDown();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The stream ends with the test; a text that did not come is told by who waits.
    }

    @Override
    public void onComplete() {}
}
