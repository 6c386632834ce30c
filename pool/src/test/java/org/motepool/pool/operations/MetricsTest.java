package org.motepool.pool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.config.ConfigChecker;
import org.motepool.pool.config.Key;
import org.motepool.pool.config.Settings;
import org.motepool.pool.wiring.PoolRuntime;

/** What a whole pool that is to work with a full node answers at {@code /metrics}; the node is away, its metrics are not. */
class MetricsTest {
    /** What dashboards of operators may rely on: changing one of these names breaks theirs. */
    private static final List<String> PROMISED = List.of(
            "mote_build_info",
            "mote_start_timestamp_seconds",
            "mote_stratum_connections",
            "mote_stratum_connections_opened_total",
            "mote_stratum_connections_closed_total",
            "mote_stratum_requests_total",
            "mote_stratum_malformed_lines_total",
            "mote_stratum_write_queue_bytes",
            "mote_stratum_slow_readers",
            "mote_shares_total",
            "mote_share_accepted_difficulty_total",
            "mote_share_validation_duration_seconds",
            "mote_share_batch_size",
            "mote_vardiff_changes_total",
            "mote_best_difficulty",
            "mote_workers_active",
            "mote_accounts_active",
            "mote_template_last_success_timestamp_seconds",
            "mote_template_height",
            "mote_jobs_total",
            "mote_job_fanout_duration_seconds",
            "mote_node_request_duration_seconds",
            "mote_node_request_failures_total",
            "mote_node_up",
            "mote_blocks_total",
            "mote_block_submit_duration_seconds",
            "mote_ledger_write_duration_seconds",
            "mote_ledger_write_failures_total",
            "mote_ledger_pending_records",
            "mote_ledger_last_verified_timestamp_seconds",
            "mote_ledger_imbalance_satoshis",
            "mote_ledger_blocks_total",
            "mote_http_request_duration_seconds",
            "mote_sse_streams",
            "mote_guard_actions_total",
            "mote_certificate_expiry_timestamp_seconds",
            "jvm_memory_bytes_used",
            "process_cpu_seconds_total",
            "process_open_fds");

    @TempDir
    static Path data;

    private static PoolRuntime pool;

    @BeforeAll
    static void start() throws Exception {
        Settings settings = Pools.settings(data, "regtest");
        settings.put(Key.NODES, "http://user:password@127.0.0.1:1", "test");
        settings.put(Key.PAYOUT_ADDRESS, "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "test");
        pool = PoolRuntime.start(ConfigChecker.check(settings, List.of()), PoolClock.SYSTEM);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void hasEveryMetricThatWasPromised() throws Exception {
        assertThat(Scrape.of(pool).names()).containsAll(PROMISED);
    }

    @Test
    void hasEveryMetricThatRulesDashboardsAndRunbooksName() throws Exception {
        Set<String> named = new TreeSet<>();
        named.addAll(DeployFiles.metricsIn(Files.readString(DeployFiles.PROMETHEUS.resolve("rules/alerts.yml"))));
        named.addAll(DeployFiles.metricsIn(Files.readString(DeployFiles.PROMETHEUS.resolve("rules/recording.yml"))));
        for (Path file : DeployFiles.in(DeployFiles.RUNBOOKS, ".md")) {
            named.addAll(DeployFiles.metricsIn(Files.readString(file)));
        }
        for (Path file : DeployFiles.in(DeployFiles.DASHBOARDS, ".json")) {
            DeployFiles.expressions(DeployFiles.json(file))
                    .forEach(expression -> named.addAll(DeployFiles.metricsIn(expression)));
        }
        assertThat(named).hasSizeGreaterThan(50);
        assertThat(Scrape.of(pool).names()).containsAll(named);
    }

    @Test
    void everyMetricOfThePoolIsOnADashboard() throws Exception {
        Set<String> shown = new TreeSet<>();
        for (Path file : DeployFiles.in(DeployFiles.DASHBOARDS, ".json")) {
            DeployFiles.expressions(DeployFiles.json(file)).forEach(expression -> shown.add(expression));
        }
        for (Path file : DeployFiles.in(DeployFiles.PROMETHEUS.resolve("rules"), ".yml")) {
            shown.add(Files.readString(file));
        }
        String all = String.join("\n", shown);
        assertThat(Scrape.of(pool).families().stream().filter(name -> name.startsWith("mote_")))
                .allSatisfy(name -> assertThat(all).contains(name));
    }

    @Test
    void prometheusLikesEveryName() throws Exception {
        // The Java library's own metrics are as they are: only what this pool names is judged.
        Promtool.Verdict verdict =
                Promtool.findOrSkip().run(Scrape.of(pool).only("mote_"), List.of("check", "metrics"));
        assertThat(verdict.text()).isEmpty();
        assertThat(verdict.exit()).isZero();
    }
}
