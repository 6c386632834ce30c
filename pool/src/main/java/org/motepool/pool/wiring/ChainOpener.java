package org.motepool.pool.wiring;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.devnet.DevnetChain;
import org.motepool.chain.devnet.DevnetSettings;
import org.motepool.chain.node.NodeChain;
import org.motepool.chain.node.NodeSettings;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;

/** Opens the chain that the settings name: full nodes, or the built-in devnet. */
public final class ChainOpener {
    private static final int DEVNET_MATURITY = 6;
    private static final int DEVNET_HALVING_INTERVAL = 210_000;
    private static final long DEVNET_SEED = 1;

    private ChainOpener() {}

    static Chain open(PoolConfig config, PoolClock clock, CollectorRegistry registry) throws Failure {
        try {
            return config.network().isBuiltIn() && config.nodes().urls().isEmpty()
                    ? devnet(config, clock, registry)
                    : NodeChain.open(parameters(config), nodes(config), clock, registry);
        } catch (ChainException | IOException | IllegalArgumentException e) {
            throw new Failure(Failure.FAILED, "the chain cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Of the chain that the settings name. */
    public static ChainParameters parameters(PoolConfig config) {
        return config.network().isBuiltIn()
                ? devnetSettings(config).parameters()
                : ChainParameters.of(config.network());
    }

    /** The built-in chain, kept in the data directory. */
    static DevnetChain devnet(PoolConfig config, PoolClock clock, CollectorRegistry registry) throws IOException {
        Path file = config.data().resolve(config.network().id() + ".chain");
        return DevnetChain.open(devnetSettings(config).withFile(file), clock, registry);
    }

    private static DevnetSettings devnetSettings(PoolConfig config) {
        int transactions = config.devnet().transactions();
        if (config.network() == Network.BENCH) {
            return DevnetSettings.bench(transactions);
        }
        return new DevnetSettings(
                config.network(),
                config.devnet().powShift(),
                config.devnet().blockTime(),
                config.devnet().startHashesPerBlock(),
                DEVNET_MATURITY,
                transactions,
                DEVNET_HALVING_INTERVAL,
                DEVNET_SEED,
                Optional.empty());
    }

    private static List<NodeSettings> nodes(PoolConfig config) {
        List<NodeSettings> nodes = new ArrayList<>();
        for (URI url : config.nodes().urls()) {
            Optional<String> zmq = nodes.isEmpty() ? config.nodes().zmqHashBlock() : Optional.empty();
            nodes.add(NodeSettings.of(url.toString(), config.nodes().cookieFile(), zmq));
        }
        return nodes;
    }
}
