package org.motepool.payout.payer;

import java.util.Optional;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.address.Network;

/**
 * How payments on the chain are made.
 *
 * @param confirmations after which a payment is final, and a coin may be spent
 * @param feeTarget blocks within which a transaction should be in one, for the node's estimate
 * @param fallback fee rate where the node has no estimate; empty waits until it has one
 * @param most fee rate that is ever paid
 * @param feeBasisPointsMax part of a payee's amount that the fee may take: else the payment waits for the next run
 * @param bumpAfter blocks after which a transaction that is in none gets a higher fee; 0 never
 */
public record ChainTerms(
        Network network,
        int confirmations,
        int feeTarget,
        Optional<FeeRate> fallback,
        FeeRate most,
        int feeBasisPointsMax,
        int bumpAfter) {
    /** Deeper reorganizations than a coinbase's maturity are not reckoned with. */
    public static final int CONFIRMATIONS_MAX = 100;

    /** Blocks for which a node gives estimates. */
    public static final int FEE_TARGET_MAX = 1008;

    public ChainTerms {
        if (confirmations < 1 || confirmations > CONFIRMATIONS_MAX) {
            throw new IllegalArgumentException(
                    "a payment is final after 1 to " + CONFIRMATIONS_MAX + " confirmations, not " + confirmations);
        }
        if (feeTarget < 1 || feeTarget > FEE_TARGET_MAX || feeBasisPointsMax < 1 || feeBasisPointsMax > 10_000) {
            throw new IllegalArgumentException("no fee target or limit: " + feeTarget + ", " + feeBasisPointsMax);
        }
        if (bumpAfter < 0) {
            throw new IllegalArgumentException("a fee is raised after some blocks, not " + bumpAfter);
        }
    }
}
