package org.motepool.pool.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.motepool.payout.lightning.LightningTerms;
import org.motepool.payout.payer.ChainTerms;
import org.motepool.payout.payer.RunSchedule;

/**
 * How miners are paid.
 *
 * @param on whether they are
 * @param wallet its name in the node; empty for the node's only one
 * @param lightning the node for payments over Lightning; empty where there are none
 * @param node that has the wallet; empty for the first of the pool's nodes
 */
public record Payments(
        boolean on,
        String wallet,
        Optional<URI> node,
        RunSchedule schedule,
        ChainTerms chain,
        Optional<Lightning> lightning) {
    /** @param certificate of the authority that signed the node's; empty for a public one */
    public record Lightning(URI url, String rune, Optional<Path> certificate, LightningTerms terms) {
        /** Leaves the rune out. */
        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** Leaves the node's password out. */
    @Override
    public String toString() {
        return on ? "from wallet " + (wallet.isEmpty() ? "of the node" : wallet) : "off";
    }
}
