package org.motepool.pool.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.LocalAddresses;
import org.motepool.pool.wiring.PoolRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the pool for real until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs the pool for real: against full nodes and a Redis, or an embedded one.")
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        PoolConfig config = options.read();
        StopSignal stop = new StopSignal();
        try (PoolRuntime pool = PoolRuntime.start(config, PoolClock.SYSTEM)) {
            pool.onStopAsked(stop::ask);
            print(config, pool);
            stop.await();
            tell("Motepool stops: devices first, then what they were answered is stored and sent on.");
        } finally {
            stop.done();
        }
        return 0;
    }

    private void tell(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private void print(PoolConfig config, PoolRuntime pool) {
        PrintWriter out = spec.commandLine().getOut();
        String host = LocalAddresses.reachable(config.stratum().bind()).orElse("127.0.0.1");
        String page = LocalAddresses.reachable(config.http().bind()).orElse("127.0.0.1");
        out.println("Motepool is up on " + config.network().id() + ".");
        out.println(
                "  devices  stratum+tcp://" + host + ":" + pool.stratumPort() + "   user ADDRESS.worker, any password");
        for (String more : pool.devicePorts()) {
            out.println("           and port " + more);
        }
        out.println("  page     http://" + page + ":" + pool.httpPort() + "/");
        out.println("  health   http://" + config.management().bind() + ":" + pool.managementPort() + "/readyz");
        out.println("  rewards  " + config.payoutAddress() + ", fee " + config.feeBasisPoints() + " basis points");
        out.flush();
    }
}
