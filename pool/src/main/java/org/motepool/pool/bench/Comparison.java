package org.motepool.pool.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * Many runs of {@code mote bench stratum}, of several pools: medians, spreads, and ratios to the first pool named. Not
 * thread-safe.
 */
public final class Comparison {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIELDS = 3;
    private static final int RUNS_MAX = 10_000;

    private final Map<String, List<JsonNode>> runs = new LinkedHashMap<>();
    private final TreeSet<String> pools = new TreeSet<>();
    private int count;

    /**
     * One line of the table: a quantity of each pool.
     *
     * @param cells by pool
     */
    public record Row(String name, Map<String, Cell> cells) {
        public Row {
            cells = Map.copyOf(cells);
        }
    }

    /**
     * A quantity of one pool over its runs.
     *
     * @param ratio of the medians, this to the first pool's; empty for the first itself, and where it has none
     */
    public record Cell(double median, double lowest, double highest, int runs, Optional<Double> ratio) {}

    private enum Quantity {
        ANSWERED("answered/s, closed loop", "loops", "/closed_loop/answered_per_s"),
        CLOSED_CPU("CPU us a submit, closed loop", "loops", "/closed_loop/server_cpu_us_per_submit"),
        OPEN_CPU("CPU us a submit, open loop", "loops", "/open_loop/server_cpu_us_per_submit"),
        P50("p50 ms, open loop", "loops", "/open_loop/p50_ms"),
        P99("p99 ms, open loop", "loops", "/open_loop/p99_ms"),
        P999("p99.9 ms, open loop", "loops", "/open_loop/p999_ms"),
        FAN_OUT("new tip, first to last, ms", "tips", "/tip_first_to_last_ms"),
        KNOWN("new tip, known to last, ms", "tips", "/tip_known_to_last_ms"),
        STORM("all authorized, first time, s", "storm", "/storm_s"),
        STORM_AGAIN("all authorized, later times, s", "storm", "/storms_again_s"),
        TRAFFIC("bytes a device-hour", "traffic", "/bytes_per_device_hour");

        private final String label;
        private final String what;
        private final String pointer;

        Quantity(String label, String what, String pointer) {
            this.label = label;
            this.what = what;
            this.pointer = pointer;
        }
    }

    /**
     * Adds one run.
     *
     * @param line the pool, what was measured and the result in JSON, between tabulators
     * @throws IOException where it is none
     */
    public void add(String line) throws IOException {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length != FIELDS) {
            throw new IOException("a result is POOL, WHAT and JSON, between tabulators, not \""
                    + line.substring(0, Math.min(80, line.length())) + "\"");
        }
        if (++count > RUNS_MAX) {
            throw new IOException("more than " + RUNS_MAX + " results");
        }
        JsonNode json = JSON.readTree(fields[2]);
        if (!json.isObject()) {
            throw new IOException("the run \"" + fields[1] + "\" of " + fields[0] + " has no result: it failed");
        }
        pools.add(fields[0]);
        runs.computeIfAbsent(key(fields[0], fields[1]), _ -> new ArrayList<>()).add(json);
    }

    private static String key(String pool, String what) {
        return pool + '\t' + what;
    }

    private List<JsonNode> of(String pool, String what) {
        return runs.getOrDefault(key(pool, what), List.of());
    }

    /** In the order of the alphabet, by which ckpool is the first. */
    public List<String> pools() {
        return List.copyOf(pools);
    }

    /** Of what was measured, at most a dozen. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            add(
                    rows,
                    quantity.label,
                    pool -> of(pool, quantity.what).stream()
                            .mapToDouble(json -> number(json.at(quantity.pointer)))
                            .filter(value -> !Double.isNaN(value))
                            .toArray());
        }
        add(rows, "resident bytes an idle connection", this::bytesPerConnection);
        return rows;
    }

    private interface Values {
        double[] of(String pool);
    }

    private void add(List<Row> rows, String name, Values values) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        Optional<Double> base = Optional.empty();
        for (String pool : pools) {
            double[] seen = values.of(pool);
            if (seen.length == 0) {
                continue;
            }
            double middle = median(seen);
            boolean isFirst = pool.equals(pools.first());
            cells.put(
                    pool,
                    new Cell(
                            middle,
                            Arrays.stream(seen).min().orElse(middle),
                            Arrays.stream(seen).max().orElse(middle),
                            seen.length,
                            isFirst ? Optional.empty() : base.map(first -> middle / first)));
            if (isFirst) {
                base = Optional.of(middle);
            }
        }
        if (!cells.isEmpty()) {
            rows.add(new Row(name, cells));
        }
    }

    /** Of a list its median: of the tips of one run the first finds code that was never run, and is no outlier of these. */
    private static double number(JsonNode value) {
        if (value.isArray() && !value.isEmpty()) {
            double[] all = new double[value.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = value.get(i).asDouble();
            }
            return median(all);
        }
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }

    /** What memory grows by from the low count of connections to the high one, run by run. */
    private double[] bytesPerConnection(String pool) {
        List<JsonNode> low = of(pool, "idle-low");
        List<JsonNode> high = of(pool, "idle-high");
        DoubleStream.Builder each = DoubleStream.builder();
        for (int i = 0; i < Math.min(low.size(), high.size()); i++) {
            double bytes = number(high.get(i).at("/resident_bytes_idle"))
                    - number(low.get(i).at("/resident_bytes_idle"));
            double connections =
                    number(high.get(i).at("/connections")) - number(low.get(i).at("/connections"));
            if (connections > 0) {
                each.add(bytes / connections);
            }
        }
        return each.build().toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
