package org.motepool.payout.notice;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.notice.NoticePost.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices on their way: tried again some times, given up then; so many at most wait, and so many of one account in an hour.
 * Thread-safe, and never waits for another side where notices come in.
 */
final class Deliveries {
    /** A notice and a destination; beyond it new ones are left out. */
    static final int WAITING_MAX = 2_000;
    /** Connections open at once. */
    static final int UNDER_WAY_MAX = 16;

    /** Of one account and hour: a hundred workers that fall silent together are one trouble, not a hundred. */
    static final int OF_ACCOUNT_MAX = 20;

    private static final int ACCOUNTS_REMEMBERED_MAX = 20_000;
    private static final Duration HOUR = Duration.ofHours(1);
    /** Between a failed try and the next. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10));

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final NoticePost post;
    private final PoolClock clock;
    private final Executor threads;
    private final Counter outcomes;
    private final Gauge gauge;
    private final PriorityQueue<Delivery> waiting = new PriorityQueue<>(Comparator.comparingLong(Delivery::due));
    private final Map<String, Hour> hours = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hour> eldest) {
            return size() > ACCOUNTS_REMEMBERED_MAX;
        }
    };
    private int underWay;

    /** @param threads run each delivery; may take a while */
    Deliveries(NoticePost post, PoolClock clock, Executor threads, CollectorRegistry registry) {
        this.post = post;
        this.clock = clock;
        this.threads = threads;
        outcomes = Counter.build("mote_notices_total", "Notices to owners, by what became of them.")
                .labelNames("outcome")
                .register(registry);
        for (String outcome : new String[] {"delivered", "failed", "too-many", "no-room"}) {
            outcomes.labels(outcome);
        }
        gauge = Gauge.build("mote_notices_waiting", "Notices that wait to be delivered, or to be tried again.")
                .register(registry);
    }

    /** @param due by the monotonic clock */
    private record Delivery(Notice notice, Channel channel, String url, int tries, long due) {}

    private record Hour(long began, int count) {}

    /** Sends a notice on its way, if there is room for it. */
    synchronized void add(Notice notice, Channel channel, String url) {
        // Who shall learn that a key was stolen must not be kept from it by a flood.
        if (!notice.type().equals(Notice.PREFERENCE) && !takesAnother(notice.address())) {
            outcomes.labels("too-many").inc();
        } else if (waiting.size() + underWay >= WAITING_MAX) {
            outcomes.labels("no-room").inc();
        } else {
            waiting.add(new Delivery(notice, channel, url, 0, clock.nanos()));
            gauge.set(waiting.size() + underWay);
        }
    }

    private boolean takesAnother(String address) {
        long now = clock.nanos();
        Hour hour = hours.get(address);
        if (hour == null || now - hour.began() >= HOUR.toNanos()) {
            hour = new Hour(now, 0);
        }
        hours.put(address, new Hour(hour.began(), hour.count() + 1));
        return hour.count() < OF_ACCOUNT_MAX;
    }

    /** Begins what is due. */
    void turn() {
        for (Delivery next : due()) {
            threads.execute(() -> deliver(next));
        }
    }

    private synchronized List<Delivery> due() {
        List<Delivery> due = new ArrayList<>();
        while (underWay < UNDER_WAY_MAX
                && !waiting.isEmpty()
                && waiting.element().due() - clock.nanos() <= 0) {
            due.add(waiting.remove());
            underWay++;
        }
        return due;
    }

    private void deliver(Delivery delivery) {
        boolean delivered = false;
        try {
            post.deliver(delivery.channel(), delivery.url(), delivery.notice());
            delivered = true;
        } catch (IOException | RuntimeException e) {
            // Where to is the owner's secret.
            LOG.info(
                    "notice {} for {} was not taken, try {}: {}",
                    delivery.notice().id(),
                    delivery.notice().address(),
                    delivery.tries() + 1,
                    e.getMessage());
        }
        ended(delivery, delivered);
    }

    private synchronized void ended(Delivery delivery, boolean delivered) {
        underWay--;
        if (delivered) {
            outcomes.labels("delivered").inc();
        } else if (delivery.tries() >= PAUSES.size()) {
            outcomes.labels("failed").inc();
        } else {
            long due = clock.nanos() + PAUSES.get(delivery.tries()).toNanos();
            waiting.add(new Delivery(delivery.notice(), delivery.channel(), delivery.url(), delivery.tries() + 1, due));
        }
        gauge.set(waiting.size() + underWay);
    }

    /** Forgets what waits. */
    synchronized void clear() {
        waiting.clear();
        gauge.set(underWay);
    }
}
