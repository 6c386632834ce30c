package org.motepool.pool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, runbooks and dashboards, by Prometheus's own tools and against each other. */
class DeployFilesTest {
    private static final String DATA_SOURCE = "motepool-prometheus";
    private static final Path ALERTS = DeployFiles.PROMETHEUS.resolve("rules/alerts.yml");

    /** Runbooks of emergencies that have no alert of their own. */
    private static final Set<String> EMERGENCIES = Set.of(
            "FullDisk.md",
            "KeyRotation.md",
            "LostPayoutDisk.md",
            "LostRedis.md",
            "LostStratumNode.md",
            "NodeOnAFork.md",
            "StuckPayout.md");

    @TempDir
    Path scratch;

    private static Set<String> found(String pattern, Path file) throws IOException {
        Set<String> all = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    private static Set<String> alerts() throws IOException {
        return found("- alert: (\\w+)", ALERTS);
    }

    private static void wellJudged(String... arguments) throws Exception {
        Promtool.Verdict verdict = Promtool.findOrSkip().run("", List.of(arguments));
        assertThat(verdict.exit()).as(verdict.text()).isZero();
    }

    @Test
    void prometheusTakesItsConfigurationAndTheRules() throws Exception {
        wellJudged("check", "config", "prometheus.yml");
        wellJudged("check", "config", "cluster.yml");
        wellJudged("check", "rules", "rules/alerts.yml", "rules/recording.yml");
    }

    @Test
    void alertsFireByTheirTroubleAndByNothingElse() throws Exception {
        wellJudged("test", "rules", "tests/alerts.yml");
    }

    @Test
    void everyAlertIsTestedBothWays() throws Exception {
        Path tests = DeployFiles.PROMETHEUS.resolve("tests/alerts.yml");
        assertThat(found("alertname: (\\w+)\n +exp_alerts:\n", tests)).isEqualTo(alerts());
        assertThat(found("alertname: (\\w+)\n +exp_alerts: \\[]", tests)).isEqualTo(alerts());
    }

    @Test
    void everyAlertHasSeveritySummaryAndRunbook() throws Exception {
        assertThat(alerts()).hasSizeGreaterThan(15);
        String[] rules = Files.readString(ALERTS).split("- alert: ", -1);
        Set<String> runbooks = new TreeSet<>();
        for (int rule = 1; rule < rules.length; rule++) {
            String name = rules[rule].lines().findFirst().orElseThrow();
            assertThat(rules[rule])
                    .containsPattern("severity: (critical|warning|info)")
                    .contains("summary: \"", "runbook_url: \"deploy/runbooks/" + name + ".md\"");
            runbooks.add(name + ".md");
        }
        Set<String> there = new TreeSet<>();
        for (Path file : DeployFiles.in(DeployFiles.RUNBOOKS, ".md")) {
            there.add(file.getFileName().toString());
            assertThat(Files.readString(file)).contains("## Look", "## Mend");
            for (String link : found("]\\((\\w+\\.md)\\)", file)) {
                assertThat(DeployFiles.RUNBOOKS.resolve(link)).exists();
            }
            panelsExist(file);
        }
        there.removeAll(EMERGENCIES);
        assertThat(there).isEqualTo(runbooks);
    }

    @Test
    void emergenciesAreFoundFromTheAlertsThatTheyShowBy() throws Exception {
        Set<String> linked = new TreeSet<>();
        for (Path file : DeployFiles.in(DeployFiles.RUNBOOKS, ".md")) {
            if (!EMERGENCIES.contains(String.valueOf(file.getFileName()))) {
                linked.addAll(found("]\\((\\w+\\.md)\\)", file));
            }
        }
        assertThat(linked)
                .contains(
                        "LostRedis.md",
                        "LostPayoutDisk.md",
                        "LostStratumNode.md",
                        "FullDisk.md",
                        "NodeOnAFork.md",
                        "StuckPayout.md");
    }

    /** What is run in three places has to be the same in all of them, and to be known in advance. */
    @Test
    void composeFilesPinEveryImageAndKeepNoSecret() throws Exception {
        for (String name : List.of("compose.yml", "compose.cluster.yml")) {
            Path file = Path.of("../deploy").resolve(name);
            Set<String> images = found("image: (\\S+)", file);
            assertThat(images).contains("motepool:latest");
            images.remove("motepool:latest");
            assertThat(images)
                    .isNotEmpty()
                    .allSatisfy(image -> assertThat(image).matches("docker\\.io/.+:v?[0-9].*"));
            assertThat(Files.readString(file)).contains("max-size", "no-new-privileges", "stop_grace_period: 120s");
        }
        String made = Files.readString(Path.of("../deploy/make-secrets"));
        for (String secret : found("file: \\./secrets/(\\S+)", Path.of("../deploy/compose.cluster.yml"))) {
            String word = secret.replaceFirst("^redis-", "").replaceFirst("-url$", "");
            assertThat(made).as(secret).contains(word);
        }
    }

    /** What a runbook calls a panel is the title of one. */
    private static void panelsExist(Path runbook) throws IOException {
        Set<String> titles = new TreeSet<>();
        for (Path file : DeployFiles.in(DeployFiles.DASHBOARDS, ".json")) {
            titles.addAll(DeployFiles.json(file).findValuesAsText("title"));
        }
        assertThat(titles).as("named by %s", runbook).containsAll(found("[Pp]anel \\*([^*]+)\\*", runbook));
        assertThat(titles).as("named by %s", runbook).containsAll(found("[Dd]ashboard \\*([^*]+)\\*", runbook));
    }

    @Test
    void dashboardsHaveFixedIdsAndAskTheProvisionedDataSource() throws Exception {
        assertThat(Files.readString(DeployFiles.PROVISIONING.resolve("datasources/prometheus.yml")))
                .contains("uid: " + DATA_SOURCE, "url: http://prometheus:9090");
        assertThat(Files.readString(DeployFiles.PROVISIONING.resolve("dashboards/motepool.yml")))
                .contains("path: /var/lib/grafana/dashboards");
        List<String> ids = new ArrayList<>();
        for (Path file : DeployFiles.in(DeployFiles.DASHBOARDS, ".json")) {
            JsonNode dashboard = DeployFiles.json(file);
            ids.add(dashboard.path("uid").asText());
            assertThat(dashboard.has("id"))
                    .as("a number of somebody's database")
                    .isFalse();
            for (JsonNode source : dashboard.findValues("datasource")) {
                assertThat(source.path("uid").asText()).isEqualTo(DATA_SOURCE);
            }
            Set<String> panels = new TreeSet<>();
            dashboard
                    .path("panels")
                    .forEach(panel -> panels.add(panel.path("id").asText()));
            assertThat(panels).hasSize(dashboard.path("panels").size());
        }
        assertThat(ids)
                .containsExactly("motepool-devices", "motepool-internals", "motepool-money", "motepool-overview");
    }

    @Test
    void prometheusUnderstandsEveryPanel() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int count = 0;
        for (Path file : DeployFiles.in(DeployFiles.DASHBOARDS, ".json")) {
            for (String expression : DeployFiles.json(file).findValuesAsText("expr")) {
                String plain = expression
                        .replace("$job", "motepool")
                        .replace("$__rate_interval", "1m")
                        .replace("$__range", "6h");
                rules.append("      - record: panel:%d\n        expr: '%s'\n".formatted(count++, plain));
            }
        }
        assertThat(count).isGreaterThan(60);
        Path file = Files.writeString(scratch.resolve("panels.yml"), rules);
        wellJudged("check", "rules", "--lint=none", file.toString());
    }

    @Test
    void recordedMetricsThatAreAskedForAreRecorded() throws Exception {
        Set<String> recorded = found("- record: (\\S+)", DeployFiles.PROMETHEUS.resolve("rules/recording.yml"));
        Set<String> asked = new TreeSet<>(found("(job[a-z_]*:[a-z0-9_]+:[a-z0-9_]+)", ALERTS));
        for (Path file : DeployFiles.in(DeployFiles.DASHBOARDS, ".json")) {
            asked.addAll(found("(job[a-z_]*:[a-z0-9_]+:[a-z0-9_]+)", file));
        }
        assertThat(asked).isEqualTo(recorded);
    }
}
