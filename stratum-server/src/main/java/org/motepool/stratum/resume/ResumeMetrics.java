package org.motepool.stratum.resume;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** What became of look-ups and of what closed connections left. Thread-safe. */
public final class ResumeMetrics {
    private final Counter lookUps;
    private final Counter kept;

    /** How a look-up ended. */
    enum LookUp {
        RESUMED,
        /** Nothing was kept of this device, or of more than one that it could be. */
        UNKNOWN,
        /** No answer in time: the connection goes on without. */
        LATE,
        /** The store is away. */
        FAILED,
        /** Too many are under way. */
        BUSY
    }

    /** What became of what a connection left. */
    enum Keep {
        KEPT,
        FAILED,
        /** Too many wait for the store. */
        DROPPED
    }

    public ResumeMetrics(CollectorRegistry registry) {
        lookUps = Counter.build("mote_session_lookups_total", "Look-ups of what a device's last connection knew.")
                .labelNames("result")
                .register(registry);
        kept = Counter.build("mote_sessions_kept_total", "Closed connections whose level and rate were kept.")
                .labelNames("result")
                .register(registry);
    }

    void count(LookUp result) {
        lookUps.labels(result.name().toLowerCase(Locale.ROOT)).inc();
    }

    void count(Keep result, int sessions) {
        kept.labels(result.name().toLowerCase(Locale.ROOT)).inc(sessions);
    }
}
