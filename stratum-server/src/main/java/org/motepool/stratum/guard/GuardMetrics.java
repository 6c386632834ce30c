package org.motepool.stratum.guard;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** What the guards did, by action and reason; both closed sets. Thread-safe. */
public final class GuardMetrics {
    private final Counter actions;

    /** What a guard can do. */
    public enum Action {
        /** Told the log; the connection notices nothing. */
        WARN("makes noise"),
        /** Stopped reading for a while. */
        SLOW("is read more slowly"),
        /** Answered, held, then closed. */
        REFUSE("is refused"),
        /** Closed at once, since too many refused ones are held already. */
        DROP("is closed"),
        /** Counted a worker name under {@code others}. */
        FOLD("is counted with others"),
        /** Stopped accepting for a while. */
        SHED("waits"),
        /** Closed: it would never have ended by itself. */
        CLOSE("is closed");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        String inWords() {
            return words;
        }
    }

    public GuardMetrics(CollectorRegistry registry) {
        actions = Counter.build("mote_guard_actions_total", "What guards did against a connection or a flood.")
                .labelNames("action", "reason")
                .register(registry);
    }

    /** @param reason of an enum whose names are labels */
    public void count(Action action, Enum<?> reason) {
        actions.labels(label(action), label(reason)).inc();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
