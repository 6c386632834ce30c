package org.motepool.pool.command;

import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.LocalAddresses;
import org.motepool.pool.wiring.RoleRuntime;
import picocli.CommandLine.Command;

/** Runs the page and its APIs alone: as many as wanted, around one Redis. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = "Shows the page, around a Redis that other processes share.")
public final class DashboardCommand extends RoleCommand {
    @Override
    PoolConfig settings(SettingsOptions from) throws Failure {
        return from.readForPage();
    }

    @Override
    RoleRuntime start(PoolConfig config, PoolClock clock) throws Failure {
        return RoleRuntime.dashboard(config, clock);
    }

    @Override
    String where(PoolConfig config, RoleRuntime role) {
        String host = LocalAddresses.reachable(config.http().bind()).orElse("127.0.0.1");
        return "page     http://" + host + ":" + role.port() + "/";
    }
}
