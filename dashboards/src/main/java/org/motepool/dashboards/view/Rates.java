package org.motepool.dashboards.view;

/** Hashes a second over longer and longer times up to now; statistics. */
public record Rates(double minutes15, double hour, double hours6, double day, double days7) {
    public static final Rates NONE = new Rates(0, 0, 0, 0, 0);
}
