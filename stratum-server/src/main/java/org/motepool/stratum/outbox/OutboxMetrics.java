package org.motepool.stratum.outbox;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the outbox counts, over all logs. Thread-safe. */
final class OutboxMetrics implements AutoCloseable {
    private final CollectorRegistry registry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Counter sent;
    private final Gauge unjournaled;
    private final Gauge halted;

    OutboxMetrics(CollectorRegistry registry) {
        this.registry = registry;
        sent = Counter.build("mote_outbox_sent_entries_total", "Work entries appended to the stream, repeats included")
                .register(registry);
        unjournaled = Gauge.build(
                        "mote_ledger_pending_records",
                        "Work entries, one a second and log, that the journal does not hold yet")
                .register(registry);
        halted = Gauge.build("mote_outbox_halted_logs", "Share logs that cannot be sent because they are corrupt")
                .register(registry);
    }

    void sentOne() {
        sent.inc();
        unjournaled.inc();
    }

    void noLongerUnjournaled(int entries) {
        unjournaled.dec(entries);
    }

    void haltedOne() {
        halted.inc();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            registry.unregister(sent);
            registry.unregister(unjournaled);
            registry.unregister(halted);
        }
    }
}
