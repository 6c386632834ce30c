package org.motepool.stratum.stats;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.motepool.stratum.guard.GuardMetrics;
import org.motepool.stratum.resume.ResumeMetrics;
import org.motepool.stratum.v1.Method;

/** The metrics of the devices' side, registered once; all labels come from closed sets. Thread-safe. */
public final class StratumMetrics {
    public final Gauge connections;
    public final Counter opened;
    public final Counter protocols;
    public final Counter closed;
    private final Counter requests;
    private final Map<Method, Counter.Child> requestsByMethod = new ConcurrentHashMap<>();
    public final Counter malformedLines;
    public final Gauge writeQueueBytes;
    public final Gauge slowReaders;
    private final Counter shares;
    private final Map<WorkerStats.Kind, FamilyShares> sharesByKind = new ConcurrentHashMap<>();
    public final Counter acceptedDifficulty;
    private final Histogram validation;
    private final Histogram batchSize;
    private final Map<String, Validated> validatedByPath = new ConcurrentHashMap<>();
    public final Counter vardiffChanges;
    public final Gauge bestDifficulty;
    public final Gauge workersActive;
    public final Gauge accountsActive;
    public final Counter jobs;
    public final Counter jobFailures;
    public final Counter jobsOverBudget;
    public final Histogram fanout;
    public final Counter blocks;
    public final Histogram blockSubmit;
    public final GuardMetrics guards;
    public final ResumeMetrics resumes;
    public final Gauge certificateExpiry;
    public final Counter certificateLoads;

    public StratumMetrics(CollectorRegistry registry) {
        connections = Gauge.build("mote_stratum_connections", "Open connections.")
                .labelNames("listener", "family", "class")
                .register(registry);
        opened = counter(registry, "mote_stratum_connections_opened_total", "Connections accepted.", "listener");
        protocols = counter(
                registry,
                "mote_stratum_protocols_total",
                "What connections turned out to speak; tls_v1 is V1 inside TLS.",
                "listener",
                "protocol");
        closed = counter(registry, "mote_stratum_connections_closed_total", "Connections ended.", "reason");
        requests = counter(registry, "mote_stratum_requests_total", "Requests read.", "method");
        malformedLines = counter(registry, "mote_stratum_malformed_lines_total", "Lines that are no request.");
        writeQueueBytes = Gauge.build("mote_stratum_write_queue_bytes", "Output that devices have not taken yet.")
                .register(registry);
        slowReaders = Gauge.build(
                        "mote_stratum_slow_readers", "Connections not read from, until they take what waits for them.")
                .register(registry);
        shares = counter(registry, "mote_shares_total", "Shares judged and answered.", "result", "family", "class");
        acceptedDifficulty = counter(
                registry, "mote_share_accepted_difficulty_total", "Difficulty of accepted shares; times 2^32: hashes.");
        validation = Histogram.build("mote_share_validation_duration_seconds", "Hashing one batch of shares.")
                .labelNames("path")
                .buckets(0.000005, 0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25)
                .register(registry);
        batchSize = Histogram.build("mote_share_batch_size", "Shares of one job hashed side by side.")
                .labelNames("path")
                .buckets(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
        vardiffChanges = counter(registry, "mote_vardiff_changes_total", "Levels changed.", "direction");
        bestDifficulty = Gauge.build("mote_best_difficulty", "Highest difficulty that a share reached.")
                .register(registry);
        workersActive = Gauge.build("mote_workers_active", "Workers with an open connection.")
                .register(registry);
        accountsActive = Gauge.build("mote_accounts_active", "Accounts with an open connection.")
                .register(registry);
        jobs = counter(registry, "mote_jobs_total", "Jobs made.", "cause");
        jobFailures = counter(registry, "mote_job_failures_total", "Templates that gave no job.");
        jobsOverBudget = counter(
                registry,
                "mote_jobs_over_budget_total",
                "Jobs that devices of a class cannot read.",
                "class",
                "budget");
        fanout = Histogram.build(
                        "mote_job_fanout_duration_seconds", "From a new block known to the last connection written.")
                .buckets(0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
                .register(registry);
        blocks = counter(registry, "mote_blocks_total", "Blocks by what became of them.", "state");
        // From the start, so that the first one of a state is an increase.
        for (String state : new String[] {"submitted", "accepted", "rejected"}) {
            blocks.labels(state);
        }
        guards = new GuardMetrics(registry);
        resumes = new ResumeMetrics(registry);
        blockSubmit = Histogram.build("mote_block_submit_duration_seconds", "From a block found to all nodes' answers.")
                .buckets(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15)
                .register(registry);
        certificateExpiry = Gauge.build(
                        "mote_certificate_expiry_timestamp_seconds",
                        "When the certificate in use ends, in seconds since 1970; 0 where TLS is not set up.")
                .register(registry);
        certificateLoads =
                counter(registry, "mote_certificate_loads_total", "Certificates read from their files.", "result");
    }

    /** Of one path, so that no batch has to look them up by text. */
    private record Validated(Histogram.Child duration, Histogram.Child size) {}

    /**
     * A batch of shares was hashed.
     *
     * @param path by which hasher, of a closed set
     */
    public void validated(String path, double seconds, int shares) {
        Validated known = validatedByPath.get(path);
        if (known == null) {
            known = validatedByPath.computeIfAbsent(
                    path, fresh -> new Validated(validation.labels(fresh), batchSize.labels(fresh)));
        }
        known.duration().observe(seconds);
        known.size().observe(shares);
    }

    /** One more request is read. */
    public void requested(Method method) {
        Counter.Child known = requestsByMethod.get(method);
        if (known == null) {
            known = requestsByMethod.computeIfAbsent(method, fresh -> requests.labels(fresh.wire()));
        }
        known.inc();
    }

    /** Of a family and a class, both of closed sets. */
    public FamilyShares sharesOf(String family, String deviceClass) {
        return sharesByKind.computeIfAbsent(
                new WorkerStats.Kind(family, deviceClass), _ -> new FamilyShares(shares, family, deviceClass));
    }

    private static Counter counter(CollectorRegistry registry, String name, String help, String... labels) {
        return Counter.build(name, help).labelNames(labels).register(registry);
    }
}
