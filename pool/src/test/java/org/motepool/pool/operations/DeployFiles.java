package org.motepool.pool.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code deploy} has for operators, and the metrics that it names. */
final class DeployFiles {
    static final Path PROMETHEUS = Path.of("../deploy/prometheus");
    static final Path RUNBOOKS = Path.of("../deploy/runbooks");
    static final Path DASHBOARDS = Path.of("../deploy/grafana/dashboards");
    static final Path PROVISIONING = Path.of("../deploy/grafana/provisioning");

    private static final Pattern METRIC = Pattern.compile("(?<![a-z_:])(?:mote|jvm|process)_[a-z0-9_]+");

    private DeployFiles() {}

    /** In the order of their names. */
    static List<Path> in(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readString(file));
    }

    /** Metrics of the pool that a text names; recorded ones have a colon and are not among them. */
    static Set<String> metricsIn(String text) {
        Set<String> names = new TreeSet<>();
        // A recorded metric holds the name of what it is made from.
        Matcher found = METRIC.matcher(text.replaceAll("[a-z_]+:[a-z0-9_]+:[a-z0-9_]+", " "));
        while (found.find()) {
            names.add(found.group());
        }
        return names;
    }

    /** All expressions of a dashboard: panels, annotations, variables. */
    static List<String> expressions(JsonNode dashboard) {
        List<String> all = dashboard.findValuesAsText("expr");
        all.addAll(dashboard.findPath("templating").findValuesAsText("definition"));
        return all;
    }
}
