package org.motepool.payout.scheme;

/** Who gets how much of a block's reward after the fee: a pure function of sealed work and finder. */
public sealed interface RewardScheme permits Pplns, Prop, Solo {
    /**
     * @param newestFirst sealed work of this scheme, the slice before the block first
     * @param finder account index of who found the block
     */
    Weights weights(Iterable<SliceWork> newestFirst, int finder);
}
