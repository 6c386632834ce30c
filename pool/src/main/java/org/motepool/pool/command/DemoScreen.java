package org.motepool.pool.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motepool.devices.SwarmReport;
import org.motepool.devices.TwinSwarm;
import org.motepool.pool.config.PoolConfig;
import org.motepool.pool.wiring.LocalAddresses;
import org.motepool.pool.wiring.PoolRuntime;
import org.motepool.store.Balances;
import org.motepool.store.Blocks;
import org.motepool.store.StoreException;

/** What the demo tells a person: where to look, a line that lives, a sum at the end. Silent without a writer. */
final class DemoScreen {
    private static final String CLEAR_LINE = "\r\033[K";

    private final @Nullable PrintWriter out;
    private final PoolConfig config;
    private final PoolRuntime pool;
    private final TwinSwarm swarm;
    private final boolean terminal;

    DemoScreen(@Nullable PrintWriter out, PoolConfig config, PoolRuntime pool, TwinSwarm swarm) {
        this.out = out;
        this.config = config;
        this.pool = pool;
        this.swarm = swarm;
        terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** @param account of one of the simulated devices */
    void welcome(String account) {
        if (out == null) {
            return;
        }
        out.println();
        out.println("  Motepool demo: a whole pool in one process. Nothing here is worth anything.");
        out.println();
        out.println("  page        http://127.0.0.1:" + pool.httpPort() + "/");
        LocalAddresses.reachable(config.http().bind())
                .ifPresent(host -> out.println(
                        "              http://" + host + ":" + pool.httpPort() + "/   (from the local network)"));
        out.println("  an account  http://127.0.0.1:" + pool.httpPort() + "/users/" + account);
        String host = LocalAddresses.reachable(config.stratum().bind()).orElse("127.0.0.1");
        out.println("  pool        stratum+tcp://" + host + ":" + pool.stratumPort());
        out.println("  your miner  user ADDRESS.worker (any Bitcoin address), password x; for example");
        out.println("              minerd -a sha256d -o stratum+tcp://" + host + ":" + pool.stratumPort()
                + " -u ADDRESS.desk -p x");
        if (LocalAddresses.reachable(config.stratum().bind()).isEmpty()) {
            out.println("              (only this machine; --bind 0.0.0.0 lets the local network in)");
        }
        out.println();
        out.println("  " + swarm.report().total().devices() + " simulated devices mine. Ctrl-C stops.");
        out.println();
        out.flush();
    }

    void status() {
        if (out == null || !terminal) {
            return;
        }
        SwarmReport.Counts devices = swarm.report().total();
        String line = "  %d of %d devices · %d shares · %s"
                .formatted(devices.connected(), devices.devices(), devices.accepted(), ledger());
        out.print(CLEAR_LINE + line);
        out.flush();
    }

    private String ledger() {
        try {
            Blocks.Counts blocks = pool.store().blocks().counts();
            Balances.Totals totals = pool.store().balances().totals();
            return "%d blocks · %s sat credited to %d accounts"
                    .formatted(
                            blocks.immature() + blocks.mature(), totals.miners().owed(), totals.accounts());
        } catch (StoreException e) {
            return "Redis does not answer, mining goes on";
        }
    }

    void farewell(DemoReport report) {
        if (out == null) {
            return;
        }
        if (terminal) {
            out.print(CLEAR_LINE);
        }
        out.println("  shares    " + report.devices().accepted() + " accepted, "
                + report.devices().rejected() + " rejected");
        out.println("  blocks    " + report.accepted() + " accepted, " + report.stale() + " stale");
        out.println("  rewards   " + report.reward() + " sat on the chain");
        out.println("  credited  " + report.creditedTotal() + " sat to "
                + report.credited().accounts() + " accounts, fee " + report.feeTotal());
        out.flush();
    }
}
