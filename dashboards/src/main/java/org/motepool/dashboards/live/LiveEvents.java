package org.motepool.dashboards.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.api.JsonText;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.http.EventStream;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Views;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages what changed: twice a second it looks at the views, and sends an event of a kind at most once a second,
 * and only when its content changed. Nothing is looked at while nobody listens. Thread-safe.
 */
public final class LiveEvents implements AutoCloseable {
    /** Streams at a time; each costs a connection and a few kilobytes. */
    public static final int STREAMS_MAX = 6_000;
    /** Addresses that one stream may watch: the pages that one browser has open. */
    public static final int ADDRESSES_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long SPACING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** Accounts looked at in one tick; more take turns. */
    private static final int ACCOUNTS_PER_TICK_MAX = 250;
    /** Events that a reader who comes back is told. */
    private static final int KEPT_MAX = 64;
    /** Workers in an event; the rest is told by the count. */
    private static final int WORKERS_TOLD_MAX = 20;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Views views;
    private final PoolClock clock;
    private final CollectorRegistry registry;
    private final Gauge open;
    private final Map<EventStream, Set<PayoutAddress>> streams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("live-events").factory());

    // All below belongs to whoever holds the lock.
    private final Object lock = new Object();
    private final Map<String, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > STREAMS_MAX * 2;
        }
    };
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final Map<PayoutAddress, Double> best = new HashMap<>();
    private String newestBlock = "";
    private boolean started;
    private long lastId;
    private long beatAt;
    private int turn;

    public LiveEvents(Views views, PoolClock clock, CollectorRegistry registry) {
        this.views = views;
        this.clock = clock;
        this.registry = registry;
        this.open = Gauge.build("mote_sse_streams", "Open streams of events.").register(registry);
        this.beatAt = clock.nanos();
        var _ = timer.scheduleWithFixedDelay(this::tickSafely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Takes a stream; does not block.
     *
     * @param after id of the last event that the reader has, 0 for none
     * @return false when there are too many
     */
    public boolean add(EventStream stream, Set<PayoutAddress> addresses, long after) {
        if (streams.size() >= STREAMS_MAX) {
            return false;
        }
        streams.put(stream, Set.copyOf(addresses));
        open.set(streams.size());
        stream.onGone(() -> {
            streams.remove(stream);
            open.set(streams.size());
        });
        synchronized (lock) {
            for (Kept event : kept) {
                if (after > 0 && event.id() > after && isFor(event.subject(), addresses)) {
                    stream.offer(event.key() + event.id(), event.text());
                }
            }
            // What stands now, so that a page is never behind: an id that the reader has already is left out.
            told.forEach((key, last) -> {
                if (isFor(last.subject(), addresses) && last.id() > after) {
                    stream.offer(key, last.text());
                }
            });
        }
        return true;
    }

    private static boolean isFor(String subject, Set<PayoutAddress> addresses) {
        return subject.isEmpty()
                || addresses.stream().anyMatch(address -> address.canonical().equals(subject));
    }

    private void tickSafely() {
        try {
            tick();
        } catch (StoreException e) {
            LOG.debug("no events while the store is away: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("live events failed", e);
        }
    }

    private void tick() throws StoreException {
        if (streams.isEmpty()) {
            return;
        }
        beat();
        PoolView pool = views.pool();
        synchronized (lock) {
            tellPool(pool);
            tellBlocks(pool);
        }
        for (PayoutAddress address : turnOfAddresses()) {
            AccountView account = views.account(address);
            synchronized (lock) {
                tellAccount(address, account);
            }
        }
    }

    private List<PayoutAddress> turnOfAddresses() {
        List<PayoutAddress> all =
                streams.values().stream().flatMap(Set::stream).distinct().toList();
        if (all.size() <= ACCOUNTS_PER_TICK_MAX) {
            return all;
        }
        List<PayoutAddress> some = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS_PER_TICK_MAX; i++) {
            some.add(all.get(Math.floorMod(turn++, all.size())));
        }
        return some;
    }

    private void beat() {
        long now = clock.nanos();
        if (now - beatAt < HEARTBEAT_NANOS) {
            return;
        }
        beatAt = now;
        streams.keySet().forEach(stream -> stream.offer("heartbeat", ":\n\n"));
    }

    private void tellPool(PoolView pool) {
        ObjectNode now = JSON.objectNode();
        now.put("devices", pool.workers());
        now.put("accounts", pool.accounts());
        now.put("hashRate", Math.round(pool.hashRate()));
        now.put("windowShares", pool.windowShares());
        now.put("accepted", pool.accepted());
        now.put("rejected", pool.rejected());
        now.put("blocksFound", pool.counts().found());
        now.put("degraded", !pool.troubles().isEmpty());
        tell("pool", "", now);
        pool.chain().ifPresent(chain -> {
            ObjectNode job = JSON.objectNode();
            job.put("height", chain.height());
            job.put("nbits", chain.nbits());
            job.put("at", Times.iso(chain.templateAt()));
            tell("job", "", job);
        });
    }

    private void tellBlocks(PoolView pool) {
        String newest = pool.blocks().isEmpty() ? "" : pool.blocks().getFirst().hash();
        boolean first = !started;
        started = true;
        if (newest.equals(newestBlock) || first) {
            newestBlock = newest;
            return;
        }
        int fresh = 0;
        while (fresh < pool.blocks().size() && !pool.blocks().get(fresh).hash().equals(newestBlock)) {
            fresh++;
        }
        BlockView block = pool.blocks().getFirst();
        ObjectNode now = JSON.objectNode();
        now.put("height", block.height());
        now.put("hash", block.hash());
        now.put("finder", ShortAddress.of(block.finder()));
        now.put("worker", OutsideText.plain(block.worker()));
        now.put("at", Times.iso(block.foundAt()));
        now.put("new", fresh);
        if (tell("block", "", now)) {
            newestBlock = newest;
        }
    }

    private void tellAccount(PayoutAddress address, AccountView account) {
        String subject = address.canonical();
        ObjectNode now = JSON.objectNode();
        now.put("address", subject);
        now.put("online", account.online().size());
        now.put("hashRate", Math.round(account.hashRate()));
        now.put("windowShares", account.windowShares());
        now.put("accepted", account.accepted());
        now.put("rejected", account.rejected());
        now.put("credits", account.credits().size());
        ArrayNode workers = now.putArray("workers");
        for (Worker worker : account.workers().stream().limit(WORKERS_TOLD_MAX).toList()) {
            workers.addObject()
                    .put("name", OutsideText.plain(worker.name()))
                    .put("state", worker.state().name().toLowerCase(Locale.ROOT))
                    .put("hashRate", Math.round(worker.hashRate()));
        }
        tell("worker", subject, now);
        Double former = best.put(address, account.best());
        if (former != null && account.best() > former) {
            tell(
                    "share-best",
                    subject,
                    JSON.objectNode().put("address", subject).put("best", account.best()));
        }
        best.keySet().removeIf(known -> best.size() > STREAMS_MAX && !known.equals(address));
    }

    /** Sends what differs from the last of its kind; false when it is too early for another one. */
    private boolean tell(String kind, String subject, ObjectNode data) {
        String key = kind + "/" + subject;
        String json = JsonText.of(data);
        Told last = told.get(key);
        long now = clock.nanos();
        if (last != null && last.json().equals(json)) {
            return true;
        }
        if (last != null && now - last.atNanos() < SPACING_NANOS) {
            return false;
        }
        // Later than any id of a process before this one, whose clock was the same.
        lastId = Math.max(lastId + 1, clock.epochMillis());
        String text = "id: " + lastId + "\nevent: " + kind + "\ndata: " + json + "\n\n";
        told.put(key, new Told(json, text, subject, lastId, now));
        if (kind.equals("block") || kind.equals("share-best")) {
            kept.addLast(new Kept(key, subject, lastId, text));
            if (kept.size() > KEPT_MAX) {
                kept.removeFirst();
            }
        }
        streams.forEach((stream, addresses) -> {
            if (isFor(subject, addresses)) {
                stream.offer(key, text);
            }
        });
        return true;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        streams.keySet().forEach(EventStream::end);
        registry.unregister(open);
    }

    private record Told(String json, String text, String subject, long id, long atNanos) {}

    private record Kept(String key, String subject, long id, String text) {}
}
