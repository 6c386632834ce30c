package org.motepool.stratum.found;

import org.motepool.chain.Chain;

/** Hears of found blocks. Called on virtual threads; exceptions are logged. */
public interface BlockListener {
    /** Nobody listens. */
    BlockListener NONE = new BlockListener() {
        @Override
        public void found(FoundBlock block) {}

        @Override
        public void settled(FoundBlock block, BlockOutcome outcome, Chain.SubmitOutcome answers) {}
    };

    /** It is on its way to the nodes. */
    void found(FoundBlock block);

    /** All nodes have answered or given up. */
    void settled(FoundBlock block, BlockOutcome outcome, Chain.SubmitOutcome answers);
}
