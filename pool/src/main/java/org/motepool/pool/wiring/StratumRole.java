package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Level;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.HealthChecks;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.config.StratumPorts;
import org.motepool.store.redis.RedisStore;
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
import org.motepool.validator.hash.HasherChoice;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.log.LogFiles;
import org.motepool.validator.log.ShareLogSettings;
import org.motepool.validator.log.ShareLogWriter;

/** The devices' side: chain, share log, streams of work. */
final class StratumRole implements Role {
    private static final int OUTBOX_SHARD = 0;
    private static final int EVENT_LOOPS_BY_CORES = 0;

    private final PoolConfig config;
    private final ObservedChain chain;
    private final ShareLogWriter log;
    private final HasherChoice hasherChoice;
    private final StratumServer stratum;
    private final AdminApi admin;
    private final Overviews overviews;

    private StratumRole(Ground ground, LogFiles files) throws Exception {
        config = ground.config();
        hasherChoice = ground.add(
                "choice of the share hasher", HasherChoice.of(config.network().proofOfWork(), ground.info()::setSimd));
        // Until then shares are hashed one by one, and the first job is not late for a race.
        ground.onceUp(hasherChoice::begin);
        RedisStore store = ground.store();
        chain = ground.chain();
        log = ground.add("share log", openLog(ground, files));
        ground.add(
                "outbox",
                OutboxService.start(
                        new OutboxSettings(
                                shares(),
                                config.network().id(),
                                OUTBOX_SHARD,
                                Duration.ofDays(config.keepSharesDays())),
                        log,
                        shares().resolve(log.id().toString()),
                        store,
                        ground.clock(),
                        ground.registry()));
        // Closed before the outbox, which then sends its last CUT; the first entry is for a start that fails before.
        ground.add("share log", log);
        stratum = ground.add("stratum server", startServer(ground, store));
        ground.add(
                "share proofs",
                new ShareProofs(
                        log, source(), log.directory(), store, ground.clock(), config.network() == Network.DEVNET));
        ground.add("chain status", new ChainStatusPublisher(chain, store, config));
        admin = new AdminApi(
                config.network(),
                store.bans(),
                stratum,
                ground.clock(),
                () -> ground.stopAsked().complete(null));
        overviews = new Overviews(config.network(), store, stratum);
    }

    static StratumRole start(Ground ground, LogFiles files) throws Exception {
        return new StratumRole(ground, files);
    }

    /** Looks at the ports before anything is started. */
    static void requirePorts(PoolConfig config) throws Failure {
        boolean shared = config.ports().reusePort();
        Ports.requireFree(config.stratum(), "--stratum-port", shared);
        for (StratumPorts.Listener one : config.ports().more()) {
            Ports.requireFree(one.endpoint(), "--listener port=", shared);
        }
    }

    private Path shares() {
        return config.data().resolve("shares");
    }

    private ShareLogWriter openLog(Ground ground, LogFiles files) throws Exception {
        ShareLogSettings settings = ShareLogSettings.of(
                        shares(), config.network().id(), chain.parameters().powShift())
                .withProofOfWork(chain.parameters().proofOfWork());
        return ShareLogWriter.open(settings, files, new SecureRandom(), ground.clock(), ground.registry());
    }

    private StratumServer startServer(Ground ground, RedisStore store) throws Exception {
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
                        ground.clock(),
                        ground.registry(),
                        BlockListener.NONE));
    }

    private List<ListenerSettings> listeners() {
        StratumPorts ports = config.ports();
        List<ListenerSettings> listeners = new ArrayList<>();
        listeners.add(new ListenerSettings(
                config.stratum().bind(),
                config.stratum().port(),
                ListenerProfile.main(ports.mode()),
                false,
                ports.proxies(),
                ports.reusePort()));
        for (StratumPorts.Listener one : ports.more()) {
            listeners.add(new ListenerSettings(
                    one.endpoint().bind(),
                    one.endpoint().port(),
                    new ListenerProfile(one.name(), one.mode(), one.floor(), one.deviceClass()),
                    one.tlsOnly(),
                    one.proxies(),
                    ports.reusePort()));
        }
        return listeners;
    }

    /** Where this process's work comes from, and how much of it is forced. */
    Map<LogShard, Long> forced() {
        return Map.of(source(), log.forcedOffset());
    }

    private LogShard source() {
        return new LogShard(log.id(), OUTBOX_SHARD);
    }

    StratumServer server() {
        return stratum;
    }

    ShareHasher hasher() {
        return hasherChoice.hasher();
    }

    @Override
    public HealthChecks checks(HealthChecks before) {
        return before.with(
                        "share-log",
                        () -> Role.trouble(log.healthy(), "shares cannot be stored", "Look at the disk of " + shares()))
                .with("chain", () -> Role.trouble(chain.isUp(), "no node answers", "Start one, or mend node.urls"))
                .with(
                        "drain",
                        () -> Role.trouble(
                                !stratum.isDraining(),
                                "a planned stop is under way",
                                "Start it again once it has stopped"));
    }

    @Override
    public void status(ObjectNode status) {
        StratumSnapshot devices = stratum.snapshot();
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
        status.put("simd", hasher().path());
        status.put("simd_reason", hasherChoice.reason());
        hasherChoice.choice().ifPresent(choice -> {
            status.put("simd_scalar_per_s", Math.round(choice.scalarPerSecond()));
            status.put("simd_vector_per_s", Math.round(choice.vectorPerSecond()));
        });
    }

    @Override
    public List<AdminAction> actions() {
        List<AdminAction> all = new ArrayList<>(admin.actions());
        all.addAll(overviews.actions());
        return all;
    }
}
