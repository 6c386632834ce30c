package org.motepool.pool.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.motepool.chain.Chain;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.management.ManagementServer;
import org.motepool.payout.PayoutOffice;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.store.Store;
import org.motepool.stratum.StratumServer;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.log.LogFiles;

/**
 * All roles of the pool in one process. Started as a whole or not at all; closed in the opposite order, so that every
 * share that was answered is on its way to the accountant. Thread-safe.
 */
public final class PoolRuntime implements AutoCloseable {
    private final PoolConfig config;
    private final Ground ground;
    private final Chain chain;
    private final Store store;
    private final StratumRole stratum;
    private final PayoutRole payout;
    private final DashboardRole dashboard;
    private final ManagementServer management;

    private PoolRuntime(Ground ground, LogFiles files) throws Exception {
        this.ground = ground;
        config = ground.config();
        ground.openChainAhead(true);
        store = ground.store();
        chain = ground.chain();
        // Closed after the outbox, whose last entries it still takes.
        payout = PayoutRole.start(ground);
        stratum = StratumRole.start(ground, files);
        dashboard = DashboardRole.start(ground, ToldPorts.of(config, stratum.server()));
        management =
                Management.start(ground, ManagementFiles.in(config.data()), List.of(stratum, payout, dashboard), true);
    }

    /** Starts everything. Fails with one line that says what to mend, and leaves nothing running. */
    public static PoolRuntime start(PoolConfig config, PoolClock clock) throws Failure {
        return start(config, clock, LogFiles.DISK);
    }

    /** The same with the share log on other files: a disk that fails. */
    public static PoolRuntime start(PoolConfig config, PoolClock clock, LogFiles files) throws Failure {
        StratumRole.requirePorts(config);
        DashboardRole.requirePorts(config);
        Ports.requireFree(config.management(), "--management-port");
        return Starting.whole(config, clock, ground -> new PoolRuntime(ground, files));
    }

    /** The ports that devices may use, in the order of the settings. */
    public List<String> devicePorts() {
        Map<String, Integer> taken = stratum.server().ports();
        return config.ports().more().stream()
                .map(one -> taken.get(one.name()) + " " + one.mode() + (one.tlsOnly() ? ", TLS only" : ""))
                .toList();
    }

    public int stratumPort() {
        return stratum.server().port();
    }

    /** Where boards ask for the pool's numbers; empty where there is no such listener. */
    public OptionalInt devicePort() {
        return dashboard.server().devicePort();
    }

    public int httpPort() {
        return dashboard.server().port();
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
        return stratum.server();
    }

    public PayoutOffice payout() {
        return payout.office();
    }

    public ShareHasher hasher() {
        return stratum.hasher();
    }

    /** Runs when an operator has asked this process to stop, once; on any thread. */
    public void onStopAsked(Runnable action) {
        var _ = ground.stopAsked().thenRun(action);
    }

    /**
     * Waits until all that was answered is journaled and every found block is registered; false when the time is over
     * first. To be called once devices have stopped.
     */
    public boolean settle(Duration within) {
        return payout().settle(stratum.forced(), within);
    }

    @Override
    public void close() {
        ground.close();
    }
}
