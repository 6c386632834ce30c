package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.motepool.dashboards.DashboardServer;
import org.motepool.dashboards.DashboardSettings;
import org.motepool.dashboards.PoolPort;
import org.motepool.dashboards.management.HealthChecks;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public page and its APIs: reads the store. */
final class DashboardRole implements Role {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardRole.class);

    private final DashboardServer dashboard;

    private DashboardRole(Ground ground, List<PoolPort> ports) throws Failure, IOException {
        PoolConfig config = ground.config();
        DashboardSettings settings = new DashboardSettings(
                config.http().bind(),
                config.http().port(),
                devicePortToTake(config),
                config.poolName(),
                config.publicHost().orElse(""),
                ports,
                config.network(),
                config.keepSharesDays());
        dashboard = ground.add(
                "dashboard", DashboardServer.start(settings, ground.store(), ground.clock(), ground.registry()));
    }

    /** @param ports where devices connect */
    static DashboardRole start(Ground ground, List<PoolPort> ports) throws Failure, IOException {
        return new DashboardRole(ground, ports);
    }

    /** Looks at the ports before anything is started. */
    static void requirePorts(PoolConfig config) throws Failure {
        Ports.requireFree(config.http(), "--http-port");
        if (config.devicePort().on() && config.devicePort().asked()) {
            Ports.requireFree(devicesEndpoint(config), "http.device-port");
        }
    }

    /** The usual port is a courtesy to some boards: where another program has it, the pool goes on without. */
    private static OptionalInt devicePortToTake(PoolConfig config) {
        PoolConfig.DevicePort devices = config.devicePort();
        if (!devices.on()) {
            return OptionalInt.empty();
        }
        try {
            Ports.requireFree(devicesEndpoint(config), "http.device-port");
            return OptionalInt.of(devices.port());
        } catch (Failure e) {
            LOG.warn("boards that ask on port {} will show no numbers: {}", devices.port(), e.getMessage());
            return OptionalInt.empty();
        }
    }

    private static PoolConfig.Endpoint devicesEndpoint(PoolConfig config) {
        return new PoolConfig.Endpoint(config.http().bind(), config.devicePort().port());
    }

    DashboardServer server() {
        return dashboard;
    }

    @Override
    public HealthChecks checks(HealthChecks before) {
        return before;
    }

    @Override
    public void status(ObjectNode status) {
        status.put("page_port", dashboard.port());
    }
}
