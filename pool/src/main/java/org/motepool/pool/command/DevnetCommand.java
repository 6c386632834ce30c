package org.motepool.pool.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.DevnetRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the built-in chain alone, with the RPC of a full node: to try roles in several processes without one. */
@Command(
        name = "devnet",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the built-in chain as a node of its own, for roles in several processes. Give it and them the same",
            "devnet settings; whoever reaches its port may call it, its coins are worth nothing."
        })
public final class DevnetCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--rpc-bind", defaultValue = "127.0.0.1", description = "Address to answer on (${DEFAULT-VALUE}).")
    private String bind = "127.0.0.1";

    @Option(
            names = "--rpc-port",
            defaultValue = "18999",
            description = "Port to answer on (${DEFAULT-VALUE}; 0: any free).")
    private int port = 18_999;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        PoolConfig config = options.read();
        StopSignal stop = new StopSignal();
        try (DevnetRuntime devnet =
                DevnetRuntime.start(config, PoolClock.SYSTEM, new PoolConfig.Endpoint(bind, port))) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("The " + config.network().id() + " is up; give each role --network "
                    + config.network().id() + " --node http://" + bind + ":" + devnet.port());
            out.flush();
            stop.await();
        } finally {
            stop.done();
        }
        return 0;
    }
}
