package org.motepool.pool.backup;

import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.chain.Chain;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.node.NodeChain;
import org.motepool.chain.node.NodeSettings;
import org.motepool.core.address.Network;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.books.KnownBlock;
import org.motepool.payout.proof.LedgerProof;
import org.motepool.pool.Failure;

/** Compares the blocks that a journal credits with a node's active chain. Stateless. */
public final class NodeCheck {
    private NodeCheck() {}

    /** A line for each credited block that the node does not have where the journal has it. */
    public static List<String> of(String url, LedgerProof proof) throws Failure {
        Network network = Network.ofId(proof.network())
                .orElseThrow(() -> new Failure(Failure.FAILED, "no node has the chain " + proof.network()));
        try (Chain chain = NodeChain.open(
                ChainParameters.of(network),
                List.of(NodeSettings.of(url, Optional.empty(), Optional.empty())),
                PoolClock.SYSTEM,
                new CollectorRegistry(true))) {
            List<String> differences = new ArrayList<>();
            for (KnownBlock block : proof.books().blocks().all()) {
                Hash256 hash = block.registered().hash();
                int height = block.registered().height();
                if (block.isCredited() && !chain.hashAt(height).equals(Optional.of(hash))) {
                    differences.add("block " + hash + " is credited, but is not the node's at height " + height);
                }
            }
            return differences;
        } catch (ChainException | IllegalArgumentException e) {
            throw new Failure(Failure.FAILED, "the node cannot be asked: " + e.getMessage(), e);
        }
    }
}
