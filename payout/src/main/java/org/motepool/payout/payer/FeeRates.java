package org.motepool.payout.payer;

import java.util.Optional;
import org.motepool.chain.ChainException;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.Wallet;

/** Which fee rate a transaction gets now. Stateless. */
public final class FeeRates {
    private FeeRates() {}

    /**
     * The node's estimate, or the fallback, and at least what its mempool asks for.
     *
     * @throws ChainException when there is neither, or it is more than the operator allows; says how to mend it
     */
    public static FeeRate now(Wallet wallet, ChainTerms terms) throws ChainException {
        Optional<FeeRate> estimate = wallet.estimate(terms.feeTarget()).or(terms::fallback);
        if (estimate.isEmpty()) {
            throw new ChainException("the node has no estimate of fees yet: wait, or set payout.fallback-fee-rate");
        }
        FeeRate rate = estimate.get().max(wallet.lowestRate());
        if (rate.compareTo(terms.most()) > 0) {
            throw new ChainException("fees are at " + rate + " satoshis a vbyte, payout.max-fee-rate is " + terms.most()
                    + ": payments wait until they are lower");
        }
        return rate;
    }
}
