package org.motepool.stratum.share;

/** Where shares that meet the network's target go. */
@FunctionalInterface
public interface BlockSink {
    /**
     * Submits the block at once, without blocking.
     *
     * @return to be run once the block's own share went to the log
     */
    Runnable found(Candidate share);
}
