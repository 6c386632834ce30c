package org.motepool.pool.wiring;

import java.util.List;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.management.ManagementServer;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.validator.log.LogFiles;

/** One role of the pool in a process of its own, around a Redis that all of them share. Thread-safe. */
public final class RoleRuntime implements AutoCloseable {
    private final Ground ground;
    private final int port;
    private final ManagementServer management;

    private RoleRuntime(Ground ground, int port, ManagementServer management) {
        this.ground = ground;
        this.port = port;
        this.management = management;
    }

    /** Serves devices. */
    public static RoleRuntime stratum(PoolConfig config, PoolClock clock) throws Failure {
        requireShared(config, "stratum");
        requireNode(config, "stratum");
        StratumRole.requirePorts(config);
        requireManagementPort(config);
        return Starting.whole(config, clock, ground -> {
            ground.openChainAhead(true);
            StratumRole role = StratumRole.start(ground, LogFiles.DISK);
            return new RoleRuntime(ground, role.server().port(), manage(ground, "stratum", List.of(role), true));
        });
    }

    /** Keeps the books, or stands by while another payout process does. */
    public static RoleRuntime payout(PoolConfig config, PoolClock clock) throws Failure {
        requireShared(config, "payout");
        requireNode(config, "payout");
        requireManagementPort(config);
        return Starting.whole(config, clock, ground -> {
            ground.openChainAhead(false);
            PayoutRole role = PayoutRole.start(ground);
            return new RoleRuntime(
                    ground, 0, manage(ground, "payout", List.of(role, new NodeCheck(ground.chain())), false));
        });
    }

    /** Shows the page. */
    public static RoleRuntime dashboard(PoolConfig config, PoolClock clock) throws Failure {
        requireShared(config, "dashboard");
        DashboardRole.requirePorts(config);
        requireManagementPort(config);
        return Starting.whole(config, clock, ground -> {
            DashboardRole role = DashboardRole.start(ground, ToldPorts.of(config));
            return new RoleRuntime(ground, role.server().port(), manage(ground, "dashboard", List.of(role), false));
        });
    }

    private static ManagementServer manage(Ground ground, String name, List<Role> roles, boolean watching)
            throws Exception {
        return Management.start(ground, ManagementFiles.in(ground.config().data(), name), roles, watching);
    }

    private static void requireManagementPort(PoolConfig config) throws Failure {
        Ports.requireFree(config.management(), "--management-port");
    }

    private static void requireShared(PoolConfig config, String role) throws Failure {
        if (config.redis().url().isEmpty()) {
            throw new Failure(
                    Failure.WRONG_SETTINGS,
                    "redis.url is not set, and mote " + role + " works with other processes around one Redis; set"
                            + " redis.url (or --redis, or MOTE_REDIS_URL) to redis://:PASSWORD@HOST:6379, the same for"
                            + " every role, or run all roles in one process with mote up");
        }
    }

    private static void requireNode(PoolConfig config, String role) throws Failure {
        if (config.network().isBuiltIn() && config.nodes().urls().isEmpty()) {
            throw new Failure(
                    Failure.WRONG_SETTINGS,
                    "node.urls is not set, and a built-in chain of mote " + role + "'s own is of no use to the other"
                            + " roles; run mote devnet and give each role its address as --node, or run all roles in"
                            + " one process with mote up");
        }
    }

    /** Runs when an operator has asked this process to stop, once; on any thread. */
    public void onStopAsked(Runnable action) {
        var _ = ground.stopAsked().thenRun(action);
    }

    /** Where devices or browsers connect; 0 for payout. */
    public int port() {
        return port;
    }

    public int managementPort() {
        return management.port();
    }

    @Override
    public void close() {
        ground.close();
    }
}
