package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.chain.template.ReplyFields;
import org.motepool.core.address.Network;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configured node: its calls, counted, and whether it serves. Thread-safe. */
final class ChainNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainNode.class);
    /** What nodes call their chains, where it is not our own name for it. */
    private static final Map<String, String> NAMES = Map.of("test", "testnet3");

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
        if (chain.equals(wanted.id())) {
            return "";
        }
        return "node " + name() + " is on the chain \"" + NAMES.getOrDefault(chain, chain) + "\", the pool is set to \""
                + wanted.id() + "\": correct the node's url or the pool's network";
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
