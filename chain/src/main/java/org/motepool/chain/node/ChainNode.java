package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.chain.template.ReplyFields;
import org.motepool.core.address.Network;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configured node: its calls, counted, and whether it serves. Thread-safe. */
final class ChainNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainNode.class);

    /** What nodes call their chains, where it is not our own name for it. */
    private static final Map<String, String> NAMES = Map.of("test", "testnet3");

    /** Litecoin's nodes call their chains as Bitcoin's do: the first block tells. */
    private static final Map<Hash256, String> LITECOIN = Map.of(
            Hash256.ofDisplayHex("12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2"),
            Network.LTC_MAIN.id(),
            Hash256.ofDisplayHex("4966625a4b2851d9fdee139e56211a0d88575f59ed816ff5e6a63deb4e3e29a0"),
            Network.LTC_TEST.id(),
            Hash256.ofDisplayHex("530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9"),
            Network.LTC_REGTEST.id());

    private final int index;
    private final NodeSettings settings;
    private final JsonRpcClient rpc;
    private final NodeMetrics metrics;
    private final PoolClock clock;
    private volatile String trouble = "not asked yet";

    ChainNode(int index, NodeSettings settings, NodeMetrics metrics, PoolClock clock) {
        this.index = index;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        rpc = new JsonRpcClient(settings);
        metrics.up(index, false);
    }

    int index() {
        return index;
    }

    String name() {
        return settings.name();
    }

    NodeSettings settings() {
        return settings;
    }

    JsonNode call(String method, Object... params) throws NodeException, InterruptedException {
        long begin = clock.nanos();
        JsonNode result = counted(method, List.of(params), settings.requestTimeout());
        metrics.answered(method, clock.nanos() - begin);
        return result;
    }

    /** A call that is meant to take long. */
    JsonNode longCall(String method, List<?> params, Duration timeout) throws NodeException, InterruptedException {
        return rpc.call(method, params, timeout);
    }

    /** Every method called here may safely be called twice, so a connection that the node had closed costs nothing. */
    private JsonNode counted(String method, List<?> params, Duration timeout)
            throws NodeException, InterruptedException {
        try {
            return rpc.call(method, params, timeout);
        } catch (NodeException.Refused e) {
            throw e;
        } catch (NodeException.Unavailable e) {
            if (e.dropped()) {
                return again(method, params, timeout);
            }
            metrics.failed(method, index);
            throw e;
        }
    }

    private JsonNode again(String method, List<?> params, Duration timeout) throws NodeException, InterruptedException {
        try {
            return rpc.call(method, params, timeout);
        } catch (NodeException.Unavailable e) {
            metrics.failed(method, index);
            throw e;
        }
    }

    /**
     * Tells which chain the node is on, when it is the wrong one.
     *
     * @return empty when it is right
     */
    String wrongNetwork(Network wanted) throws NodeException, MalformedReplyException, InterruptedException {
        ReplyFields info = ReplyFields.of("getblockchaininfo", call("getblockchaininfo"));
        String chain = info.text("chain");
        String network = firstBlock().map(LITECOIN::get).orElse(NAMES.getOrDefault(chain, chain));
        if (network.equals(wanted.id())) {
            return "";
        }
        return "node " + name() + " is on the chain \"" + network + "\", the pool is set to \"" + wanted.id()
                + "\": correct the node's url or the pool's network";
    }

    /** Empty from a node that does not tell. */
    private Optional<Hash256> firstBlock() throws NodeException, InterruptedException {
        try {
            return NodeQueries.hashAt(this, 0);
        } catch (NodeException.Refused | MalformedReplyException e) {
            return Optional.empty();
        }
    }

    void markUp() {
        if (!trouble.isEmpty()) {
            trouble = "";
            metrics.up(index, true);
            LOG.info("node {} gives templates", name());
        }
    }

    void markDown(String reason) {
        boolean was = trouble.isEmpty();
        boolean other = !trouble.equals(reason);
        trouble = reason;
        metrics.up(index, false);
        if (was || other) {
            LOG.warn("no templates: {}", reason);
        }
    }

    boolean up() {
        return trouble.isEmpty();
    }

    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        rpc.close();
    }
}
