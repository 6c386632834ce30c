package org.motepool.dashboards.management;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What must be well for this process to be ready, by name and in the order in which it is shown.
 *
 * @param checks each tells its trouble or none; it may block for a moment, on a virtual thread
 */
public record HealthChecks(Map<String, Supplier<Optional<Trouble>>> checks) {
    private static final int CHECKS_MAX = 32;

    public HealthChecks {
        if (checks.size() > CHECKS_MAX) {
            throw new IllegalArgumentException("at most " + CHECKS_MAX + " health checks");
        }
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /** No checks: always ready. Add some by {@link #with}. */
    public static HealthChecks none() {
        return new HealthChecks(Map.of());
    }

    /** The same with one check more at the end. */
    public HealthChecks with(String name, Supplier<Optional<Trouble>> check) {
        Map<String, Supplier<Optional<Trouble>>> more = new LinkedHashMap<>(checks);
        more.put(name, check);
        return new HealthChecks(more);
    }

    /**
     * @param what is wrong
     * @param mend what an operator does about it
     */
    public record Trouble(String what, String mend) {}
}
