package org.motepool.pool.command;

import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.RoleRuntime;
import picocli.CommandLine.Command;

/** Runs the accountant and its payers alone; a second one stands by. Below it, payments to miners. */
@Command(
        name = "payout",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps the books and pays, around a Redis that other processes share; a second one stands by.",
            "With a command: payments to miners; who would be paid, pay now, what was paid."
        },
        subcommands = {
            PayoutPlanCommand.class,
            PayoutRunCommand.class,
            PayoutListCommand.class,
            PayoutShowCommand.class,
            PayoutLightningCommand.class
        })
public final class PayoutCommand extends RoleCommand {
    @Override
    RoleRuntime start(PoolConfig config, PoolClock clock) throws Failure {
        return RoleRuntime.payout(config, clock);
    }

    @Override
    String where(PoolConfig config, RoleRuntime role) {
        return "journal  " + config.data().resolve("journal").toAbsolutePath();
    }
}
