package org.motepool.pool.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.RoleRuntime;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one role of the pool until it is told to stop; the settings are those of {@code up}. */
abstract class RoleCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        PoolConfig config = settings(options);
        StopSignal stop = new StopSignal();
        try (RoleRuntime role = start(config, PoolClock.SYSTEM)) {
            role.onStopAsked(stop::ask);
            PrintWriter out = spec.commandLine().getOut();
            out.println("Motepool's " + spec.name() + " role is up on "
                    + config.network().id() + ".");
            String where = where(config, role);
            if (!where.isEmpty()) {
                out.println("  " + where);
            }
            out.println("  health   http://" + config.management().bind() + ":" + role.managementPort() + "/readyz");
            out.flush();
            stop.await();
        } finally {
            stop.done();
        }
        return 0;
    }

    PoolConfig settings(SettingsOptions from) throws Failure {
        return from.read();
    }

    abstract RoleRuntime start(PoolConfig config, PoolClock clock) throws Failure;

    /** What to tell people of where it listens; empty for nothing. */
    abstract String where(PoolConfig config, RoleRuntime role);
}
