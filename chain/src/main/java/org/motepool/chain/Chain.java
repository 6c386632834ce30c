package org.motepool.chain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;

/** One chain, whatever stands behind it. Thread-safe. Calls that block are to be made on virtual threads. */
public interface Chain extends AutoCloseable {
    ChainParameters parameters();

    /** Begins to watch; may be called once. The listener hears the first template as soon as there is one. */
    void start(TemplateListener listener);

    /**
     * Submits a whole block to every node at once.
     *
     * @param block serialized with witness
     * @return completes when all nodes have answered or given up; never exceptionally
     */
    CompletableFuture<SubmitOutcome> submit(Hash256 hash, Bytes block);

    /** The newest block of the active chain. Blocks. */
    ChainTip tip() throws ChainException;

    /** Hash of the block at a height of the active chain; empty above the tip. Blocks. */
    Optional<Hash256> hashAt(int height) throws ChainException;

    /** A block that the chain knows, on the active chain or not; empty when unknown. Blocks. */
    Optional<ChainBlock> block(Hash256 hash) throws ChainException;

    /**
     * All coins of a node's wallet, immature and unconfirmed ones included, where that wallet has this address. Blocks.
     *
     * @param address of the pool's coinbases
     * @return empty when no wallet at hand has the address: then nothing is known of the pool's coins but its coinbases
     */
    default Optional<Money> walletCoins(String address) throws ChainException {
        return Optional.empty();
    }

    /** How each node fares, in configured order. */
    List<NodeStatus> nodes();

    @Override
    void close();

    /** Hears of new work. Called on a thread of the chain's, one call at a time; hand over and return. */
    interface TemplateListener {
        /**
         * @param newTip the previous block differs from the last template's: older work is worthless
         */
        void onTemplate(BlockTemplate template, boolean newTip);
    }

    /** @param hash of the newest block; templates build on it */
    record ChainTip(int height, Hash256 hash) {}

    /**
     * @param confirmations 1 for the tip, -1 off the active chain
     * @param coinbase without witness
     */
    record ChainBlock(Hash256 hash, int height, int confirmations, Bytes header, Bytes coinbase) {}

    /**
     * @param name for logs and pages, without password
     * @param trouble empty when it answers
     */
    record NodeStatus(String name, boolean up, boolean inUse, String trouble) {}

    /**
     * What the nodes said of a submitted block.
     *
     * @param accepted at least one has it in its active chain, or had it already
     * @param answers a line for each node: its name and {@code accepted}, {@code duplicate}, {@code inconclusive} or the
     *     refusal as the node worded it
     */
    record SubmitOutcome(boolean accepted, List<String> answers) {}
}
