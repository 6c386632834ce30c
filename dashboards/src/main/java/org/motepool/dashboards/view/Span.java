package org.motepool.dashboards.view;

import java.util.Optional;
import org.motepool.store.History.Resolution;

/** How far a chart looks back, and in which slots. */
public enum Span {
    HOURS_3("3h", Resolution.MINUTE, 180),
    HOURS_24("24h", Resolution.TEN_MINUTES, 144),
    DAYS_7("7d", Resolution.HOUR, 168),
    DAYS_90("90d", Resolution.DAY, 90);

    private final String id;
    private final Resolution resolution;
    private final int slots;

    Span(String id, Resolution resolution, int slots) {
        this.id = id;
        this.resolution = resolution;
        this.slots = slots;
    }

    /** As it stands in links. */
    public String id() {
        return id;
    }

    public Resolution resolution() {
        return resolution;
    }

    public int slots() {
        return slots;
    }

    public static Optional<Span> ofId(String id) {
        for (Span span : values()) {
            if (span.id.equals(id)) {
                return Optional.of(span);
            }
        }
        return Optional.empty();
    }
}
