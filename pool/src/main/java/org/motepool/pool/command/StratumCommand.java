package org.motepool.pool.command;

import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.LocalAddresses;
import org.motepool.pool.wiring.RoleRuntime;
import picocli.CommandLine.Command;

/** Runs the devices' side alone: as many as wanted, around one Redis. */
@Command(
        name = "stratum",
        mixinStandardHelpOptions = true,
        description = "Serves devices, around a Redis that other processes share.")
public final class StratumCommand extends RoleCommand {
    @Override
    RoleRuntime start(PoolConfig config, PoolClock clock) throws Failure {
        return RoleRuntime.stratum(config, clock);
    }

    @Override
    String where(PoolConfig config, RoleRuntime role) {
        String host = LocalAddresses.reachable(config.stratum().bind()).orElse("127.0.0.1");
        return "devices  stratum+tcp://" + host + ":" + role.port();
    }
}
