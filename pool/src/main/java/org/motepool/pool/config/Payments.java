package org.motepool.pool.config;

import java.net.URI;
import java.util.Optional;
import org.motepool.payout.payer.ChainTerms;
import org.motepool.payout.payer.RunSchedule;

/**
 * How miners are paid.
 *
 * @param on whether they are
 * @param wallet its name in the node; empty for the node's only one
 * @param node that has the wallet; empty for the first of the pool's nodes
 */
public record Payments(boolean on, String wallet, Optional<URI> node, RunSchedule schedule, ChainTerms chain) {
    /** Leaves the node's password out. */
    @Override
    public String toString() {
        return on ? "from wallet " + (wallet.isEmpty() ? "of the node" : wallet) : "off";
    }
}
