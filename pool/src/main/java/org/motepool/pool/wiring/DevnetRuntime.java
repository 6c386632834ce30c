package org.motepool.pool.wiring;

import java.io.IOException;
import org.motepool.chain.devnet.DevnetChain;
import org.motepool.chain.devnet.DevnetNode;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Failure;
import org.motepool.pool.config.PoolConfig;

/** The built-in chain in a process of its own, for roles in others. */
public final class DevnetRuntime implements AutoCloseable {
    private final Ground ground;
    private final DevnetNode node;

    private DevnetRuntime(Ground ground, PoolConfig.Endpoint listen) throws IOException {
        this.ground = ground;
        DevnetChain chain = ground.add("chain", ChainOpener.devnet(ground.config(), ground.clock(), ground.registry()));
        node = ground.add("node", DevnetNode.start(chain, listen.bind(), listen.port()));
    }

    public static DevnetRuntime start(PoolConfig config, PoolClock clock, PoolConfig.Endpoint listen) throws Failure {
        if (!config.network().isBuiltIn()) {
            throw new Failure(
                    Failure.WRONG_SETTINGS,
                    "network is " + config.network().id() + ", which has nodes of its own; set it to devnet or bench");
        }
        Ports.requireFree(listen, "--rpc-port");
        return Starting.whole(config, clock, ground -> new DevnetRuntime(ground, listen));
    }

    /** Where it answers. */
    public int port() {
        return node.port();
    }

    @Override
    public void close() {
        ground.close();
    }
}
