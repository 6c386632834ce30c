package org.motepool.pool.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.motepool.chain.devnet.DevnetSettings;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.bench.StandInNode;
import org.motepool.pool.config.ConfigChecker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node that stands in for a real one in load tests of any pool. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a stand-in for a full node of main, for load tests of any pool: a large template at main's difficulty,",
            "no block is ever found, and its method newtip makes a tip at once. Only this machine reaches it."
        })
public final class BenchNodeCommand implements Callable<Integer> {
    @Option(
            names = "--transactions",
            paramLabel = "N",
            description = "Transactions in the template (default 3000, a merkle branch of 12).")
    private int transactions = ConfigChecker.BENCH_TRANSACTIONS;

    @Option(
            names = "--rpc-port",
            defaultValue = "18332",
            description = "Port to answer on (${DEFAULT-VALUE}; 0: any free).")
    private int rpcPort = 18_332;

    @Option(
            names = "--zmq-port",
            defaultValue = "28332",
            description = "Port to publish hashblock on (${DEFAULT-VALUE}; 0: any free).")
    private int zmqPort = 28_332;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, InterruptedException {
        if (transactions < 0 || transactions > DevnetSettings.TRANSACTIONS_MAX) {
            throw new Failure(
                    Failure.WRONG_USAGE,
                    "--transactions is 0 to " + DevnetSettings.TRANSACTIONS_MAX + ", not " + transactions);
        }
        StopSignal stop = new StopSignal();
        try (StandInNode node = StandInNode.start(transactions, rpcPort, zmqPort, PoolClock.SYSTEM)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("The stand-in node is up: MOTE_NODE_ZMQ_HASHBLOCK=tcp://127.0.0.1:" + node.zmqPort()
                    + " mote up --network main --node http://bench:bench@127.0.0.1:" + node.rpcPort());
            out.flush();
            stop.await();
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the stand-in node cannot listen: " + e.getMessage(), e);
        } finally {
            stop.done();
        }
        return 0;
    }
}
