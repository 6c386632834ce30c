package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.motepool.chain.Chain;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.HealthChecks;
import org.motepool.dashboards.management.ManagementServer;
import org.motepool.dashboards.management.ManagementSettings;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.store.Store;

/** Health, metrics and admin of a process, whatever roles it has. */
final class Management {
    private Management() {}

    /**
     * Starts it last, and leaves its address in the data directory.
     *
     * @param files where {@code mote status} looks
     * @param watching whether a role of this process watches nodes all the time
     */
    static ManagementServer start(Ground ground, ManagementFiles files, List<Role> roles, boolean watching)
            throws Failure, IOException {
        PoolConfig config = ground.config();
        Store store = ground.store();
        HealthChecks checks = HealthChecks.none()
                .with(
                        "store",
                        () -> Role.trouble(store.connected(), "Redis does not answer", "Start it, or mend redis.url"));
        List<AdminAction> actions = new ArrayList<>(LogLevels.actions());
        for (Role role : roles) {
            checks = role.checks(checks);
            actions.addAll(role.actions());
        }
        List<Chain> chains = watching ? List.of(ground.chain()) : List.of();
        actions.add(AdminAction.reading("status", parameters -> status(config, store, roles, chains)));
        ManagementServer server = ground.add(
                "management",
                ManagementServer.start(
                        new ManagementSettings(
                                config.management().bind(), config.management().port(), files.token()),
                        checks,
                        ground.registry(),
                        actions));
        String address = config.management().bind() + ":" + server.port();
        files.writeAddress(address);
        ground.add("management address", () -> files.removeAddress(address));
        return server;
    }

    /** What {@code mote status} shows. */
    private static ObjectNode status(PoolConfig config, Store store, List<Role> roles, List<Chain> chains) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("network", config.network().id());
        status.put("store_connected", store.connected());
        roles.forEach(role -> role.status(status));
        for (Chain chain : chains) {
            chain.nodes()
                    .forEach(node -> status.withArray("nodes")
                            .add(node.name()
                                    + (node.up() ? " up" : " down: " + node.trouble())
                                    + (node.inUse() ? ", in use" : "")));
        }
        return status;
    }
}
