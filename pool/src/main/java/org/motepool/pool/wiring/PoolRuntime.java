package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.motepool.chain.Chain;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Level;
import org.motepool.dashboards.DashboardServer;
import org.motepool.dashboards.DashboardSettings;
import org.motepool.dashboards.PoolPort;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.HealthChecks;
import org.motepool.dashboards.management.ManagementServer;
import org.motepool.dashboards.management.ManagementSettings;
import org.motepool.payout.PayoutService;
import org.motepool.payout.PayoutSettings;
import org.motepool.payout.PayoutStatus;
import org.motepool.payout.payer.PayoutTerms;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.StratumPorts;
import org.motepool.store.Store;
import org.motepool.stratum.ListenerSettings;
import org.motepool.stratum.StratumParts;
import org.motepool.stratum.StratumServer;
import org.motepool.stratum.StratumSettings;
import org.motepool.stratum.StratumSnapshot;
import org.motepool.stratum.found.BlockListener;
import org.motepool.stratum.guard.StratumLimits;
import org.motepool.stratum.outbox.OutboxService;
import org.motepool.stratum.outbox.OutboxSettings;
import org.motepool.stratum.session.ListenerProfile;
import org.motepool.stratum.vardiff.DeviceClass;
import org.motepool.validator.hash.HasherChoice;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All roles of the pool in one process. Started as a whole or not at all; closed in the opposite order, so that every
 * share that was answered is on its way to the accountant. Thread-safe.
 */
public final class PoolRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolRuntime.class);

    private static final int OUTBOX_SHARD = 0;
    private static final int EVENT_LOOPS_BY_CORES = 0;

    private final Closer closer = new Closer();
    private final PoolConfig config;
    private final ObservedChain chain;
    private final Store store;
    private final ShareLogWriter log;
    private final HasherChoice hasherChoice;
    private final StratumServer stratum;
    private final PayoutService payout;
    private final DashboardServer dashboard;
    private final ManagementServer management;

    private PoolRuntime(PoolConfig config, PoolClock clock, LogFiles files) throws Failure {
        this.config = config;
        CollectorRegistry registry = new CollectorRegistry(true);
        try {
            Files.createDirectories(config.data());
            BuildInfo info = new BuildInfo(registry, clock);
            hasherChoice = closer.add(
                    "choice of the share hasher",
                    HasherChoice.start(config.network().proofOfWork(), info::setSimd));
            store = StoreOpener.open(config, clock, registry, closer);
            chain = closer.add("chain", new ObservedChain(ChainOpener.open(config, clock, registry), clock));
            log = closer.add("share log", openLog(files, clock, registry));
            payout = closer.add("payout", startPayout(clock, registry));
            closer.add("outbox", startOutbox(clock, registry));
            // Closed before the outbox, which then sends its last CUT; the first entry is for a start that fails
            // before.
            closer.add("share log", log);
            stratum = closer.add("stratum server", startStratum(clock, registry));
            closer.add(
                    "share proofs",
                    new ShareProofs(
                            log,
                            new LogShard(log.id(), OUTBOX_SHARD),
                            log.directory(),
                            store,
                            clock,
                            config.network() == Network.DEVNET));
            closer.add("chain status", new ChainStatusPublisher(chain, store, config));
            dashboard = closer.add("dashboard", startDashboard(clock, registry));
            management = closer.add("management", startManagement(clock, registry));
            ManagementFiles managementFiles = ManagementFiles.in(config.data());
            managementFiles.writeAddress(config.management().bind(), management.port());
            closer.add("management address", managementFiles::removeAddress);
        } catch (Failure e) {
            closer.close();
            throw e;
        } catch (Exception e) {
            closer.close();
            throw new Failure(Failure.FAILED, "the pool cannot start: " + e.getMessage(), e);
        }
    }

    /** Starts everything. Fails with one line that says what to mend, and leaves nothing running. */
    public static PoolRuntime start(PoolConfig config, PoolClock clock) throws Failure {
        return start(config, clock, LogFiles.DISK);
    }

    /** The same with the share log on other files: a disk that fails. */
    public static PoolRuntime start(PoolConfig config, PoolClock clock, LogFiles files) throws Failure {
        Ports.requireFree(config.stratum(), "--stratum-port");
        for (StratumPorts.Listener one : config.ports().more()) {
            Ports.requireFree(one.endpoint(), "--listener port=");
        }
        Ports.requireFree(config.http(), "--http-port");
        Ports.requireFree(config.management(), "--management-port");
        if (config.devicePort().on() && config.devicePort().asked()) {
            Ports.requireFree(
                    new PoolConfig.Endpoint(
                            config.http().bind(), config.devicePort().port()),
                    "http.device-port");
        }
        return new PoolRuntime(config, clock, files);
    }

    private Path shares() {
        return config.data().resolve("shares");
    }

    private ShareLogWriter openLog(LogFiles files, PoolClock clock, CollectorRegistry registry) throws IOException {
        ShareLogSettings settings = ShareLogSettings.of(
                        shares(), config.network().id(), chain.parameters().powShift())
                .withProofOfWork(chain.parameters().proofOfWork());
        return ShareLogWriter.open(settings, files, new SecureRandom(), clock, registry);
    }

    private PayoutService startPayout(PoolClock clock, CollectorRegistry registry) throws Exception {
        PayoutSettings usual = PayoutSettings.of(
                config.data(), config.network(), config.payoutAddress().script());
        PayoutSettings settings = usual.with(
                config.journalMirror(),
                new PayoutSettings.Terms(
                        config.payoutAddress().canonical(), config.feeBasisPoints(), config.potDaily()));
        return PayoutService.start(
                settings,
                chain,
                PayerOpener.open(config, chain, PayoutTerms.NONE, clock, closer),
                store,
                clock,
                registry);
    }

    private OutboxService startOutbox(PoolClock clock, CollectorRegistry registry) throws Exception {
        OutboxSettings settings = new OutboxSettings(shares(), config.network().id(), OUTBOX_SHARD);
        return OutboxService.start(settings, log, shares().resolve(log.id().toString()), store, clock, registry);
    }

    private List<ListenerSettings> listeners() {
        StratumPorts ports = config.ports();
        List<ListenerSettings> listeners = new ArrayList<>();
        listeners.add(new ListenerSettings(
                config.stratum().bind(),
                config.stratum().port(),
                ListenerProfile.main(ports.mode()),
                false,
                ports.proxies()));
        for (StratumPorts.Listener one : ports.more()) {
            listeners.add(new ListenerSettings(
                    one.endpoint().bind(),
                    one.endpoint().port(),
                    new ListenerProfile(one.name(), one.mode(), one.floor(), one.deviceClass()),
                    one.tlsOnly(),
                    one.proxies()));
        }
        return listeners;
    }

    private StratumServer startStratum(PoolClock clock, CollectorRegistry registry) throws Exception {
        StratumSettings settings = new StratumSettings(
                listeners(),
                config.ports().certificate(),
                config.ports().webSocketOrigins(),
                config.network(),
                config.payoutAddress().script(),
                config.poolTag(),
                config.feeBasisPoints(),
                config.shareInterval(),
                config.network() == Network.BENCH ? Optional.of(Level.MIN) : Optional.empty(),
                log.id().tag().toHex(),
                EVENT_LOOPS_BY_CORES,
                StratumLimits.DEFAULT);
        return StratumServer.start(
                settings,
                new StratumParts(
                        chain,
                        log,
                        hasher(),
                        Optional.of(store.liveStats()),
                        Optional.of(store.history()),
                        Optional.of(store.bans()),
                        Optional.of(store.sessions()),
                        clock,
                        registry,
                        BlockListener.NONE));
    }

    /** What the page tells: the ports that were really taken. */
    private List<PoolPort> poolPorts() {
        StratumPorts ports = config.ports();
        List<PoolPort> told = new ArrayList<>();
        told.add(new PoolPort(ports.mode() == Scheme.SOLO ? PoolPort.Kind.SOLO : PoolPort.Kind.PLAIN, stratum.port()));
        if (ports.certificate().isPresent()) {
            told.add(new PoolPort(PoolPort.Kind.TLS, stratum.port()));
        }
        Map<String, Integer> taken = stratum.ports();
        for (StratumPorts.Listener one : ports.more()) {
            told.add(new PoolPort(kind(one), taken.getOrDefault(one.name(), 0)));
        }
        return told;
    }

    private static PoolPort.Kind kind(StratumPorts.Listener listener) {
        if (listener.mode() == Scheme.SOLO) {
            return PoolPort.Kind.SOLO;
        }
        if (listener.tlsOnly()) {
            return PoolPort.Kind.TLS;
        }
        boolean screens = listener.deviceClass().equals(Optional.of(DeviceClass.MICRO));
        return screens ? PoolPort.Kind.SCREEN : PoolPort.Kind.PLAIN;
    }

    /** The ports that devices may use, in the order of the settings. */
    public List<String> devicePorts() {
        Map<String, Integer> taken = stratum.ports();
        return config.ports().more().stream()
                .map(one -> taken.get(one.name()) + " " + one.mode() + (one.tlsOnly() ? ", TLS only" : ""))
                .toList();
    }

    private DashboardServer startDashboard(PoolClock clock, CollectorRegistry registry) throws IOException {
        DashboardSettings settings = new DashboardSettings(
                config.http().bind(),
                config.http().port(),
                devicePortToTake(),
                config.poolName(),
                config.publicHost().orElse(""),
                poolPorts(),
                config.network());
        return DashboardServer.start(settings, store, clock, registry);
    }

    /** The usual port is a courtesy to some boards: where another program has it, the pool goes on without. */
    private OptionalInt devicePortToTake() {
        PoolConfig.DevicePort devices = config.devicePort();
        if (!devices.on()) {
            return OptionalInt.empty();
        }
        try {
            Ports.requireFree(devicesEndpoint(), "http.device-port");
            return OptionalInt.of(devices.port());
        } catch (Failure e) {
            LOG.warn("boards that ask on port {} will show no numbers: {}", devices.port(), e.getMessage());
            return OptionalInt.empty();
        }
    }

    private PoolConfig.Endpoint devicesEndpoint() {
        return new PoolConfig.Endpoint(config.http().bind(), config.devicePort().port());
    }

    private ManagementServer startManagement(PoolClock clock, CollectorRegistry registry) throws IOException {
        HealthChecks checks = HealthChecks.none()
                .with(
                        "share-log",
                        () -> trouble(log.healthy(), "shares cannot be stored", "Look at the disk of " + shares()))
                .with("store", () -> trouble(store.connected(), "Redis does not answer", "Start it, or mend redis.url"))
                .with(
                        "chain",
                        () -> trouble(
                                chain.nodes().stream().anyMatch(Chain.NodeStatus::up),
                                "no node answers",
                                "Start one, or mend node.urls"))
                .with(
                        "payout",
                        () -> trouble(
                                payout.state().running()
                                        && payout.state().halted().isEmpty(),
                                "credits have stopped: " + payout.state().halted(),
                                "Shares are safe in their logs; the log says what to mend, then restart"));
        checks = checks.with(
                "drain",
                () -> trouble(
                        !stratum.isDraining(), "a planned stop is under way", "Start it again once it has stopped"));
        checks = checks.with(
                "ledger",
                () -> trouble(
                        payout.state().breach().isEmpty(),
                        "more is owed than held: " + payout.state().breach(),
                        "Payouts have stopped; look where coins went, the log says more"));
        return ManagementServer.start(
                new ManagementSettings(
                        config.management().bind(),
                        config.management().port(),
                        ManagementFiles.in(config.data()).token()),
                checks,
                registry,
                new AdminApi(config.network(), store.bans(), stratum, clock).actions(furtherActions(), this::status));
    }

    private List<AdminAction> furtherActions() {
        List<AdminAction> actions = new ArrayList<>(List.of(new PaymentsAdmin(payout).action()));
        actions.addAll(new Overviews(config.network(), store, stratum).actions());
        actions.addAll(LogLevels.actions());
        return actions;
    }

    private static Optional<HealthChecks.Trouble> trouble(boolean good, String what, String mend) {
        return good ? Optional.empty() : Optional.of(new HealthChecks.Trouble(what, mend));
    }

    /** What {@code mote status} shows. */
    private ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        StratumSnapshot devices = stratum.snapshot();
        PayoutStatus accountant = payout.state();
        status.put("network", config.network().id());
        status.put("connections", devices.connections());
        status.put("draining", stratum.isDraining());
        status.put("shares_accepted", devices.accepted());
        status.put(
                "shares_rejected",
                devices.rejected().values().stream().mapToLong(Long::longValue).sum());
        status.put("blocks_found", devices.blocksFound());
        status.put("blocks_accepted", devices.blocksAccepted());
        status.put("share_log", log.id().toString());
        status.put("share_log_healthy", log.healthy());
        status.put("store_connected", store.connected());
        status.put("payout_ready", accountant.isReady());
        status.put("payout_trouble", accountant.halted() + accountant.waitingFor());
        status.put("journal_sequence", accountant.sequence());
        status.put("shares_journaled", accountant.shares());
        status.put("owed_satoshis", payout.totals().miners().owed().toString());
        new PaymentsAdmin(payout).describe(status);
        status.put("simd", hasher().path());
        status.put("simd_reason", hasherChoice.reason());
        hasherChoice.choice().ifPresent(choice -> {
            status.put("simd_scalar_per_s", Math.round(choice.scalarPerSecond()));
            status.put("simd_vector_per_s", Math.round(choice.vectorPerSecond()));
        });
        chain.nodes()
                .forEach(node -> status.withArray("nodes")
                        .add(node.name()
                                + (node.up() ? " up" : " down: " + node.trouble())
                                + (node.inUse() ? ", in use" : "")));
        return status;
    }

    public int stratumPort() {
        return stratum.port();
    }

    /** Where boards ask for the pool's numbers; empty where there is no such listener. */
    public OptionalInt devicePort() {
        return dashboard.devicePort();
    }

    public int httpPort() {
        return dashboard.port();
    }

    public int managementPort() {
        return management.port();
    }

    public Chain chain() {
        return chain;
    }

    public Store store() {
        return store;
    }

    public StratumServer stratum() {
        return stratum;
    }

    public PayoutService payout() {
        return payout;
    }

    public ShareHasher hasher() {
        return hasherChoice.hasher();
    }

    /**
     * Waits until all that was answered is journaled and every found block is registered; false when the time is over
     * first. To be called once devices have stopped.
     */
    public boolean settle(Duration within) {
        return payout.settle(Map.of(new LogShard(log.id(), OUTBOX_SHARD), log.forcedOffset()), within);
    }

    @Override
    public void close() {
        closer.close();
    }
}
