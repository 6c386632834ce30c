package org.motepool.payout.block;

import java.util.Optional;
import org.motepool.chain.Chain.ChainBlock;

/** What the chain says of a block that a log has reported. */
public sealed interface BlockVerdict {
    /** It is on the active chain. */
    record OnChain(ChainBlock block) implements BlockVerdict {}

    /**
     * It is not, now: lost a race, or never arrived.
     *
     * @param block empty when no node knows it
     * @param reason for people
     */
    record OffChain(Optional<ChainBlock> block, String reason) implements BlockVerdict {}
}
