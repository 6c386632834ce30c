package org.motepool.payout.payer;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.motepool.payout.scheme.Split;

/** The network's fee among the payees of a transaction: equal parts of whole satoshis that add up to it. Stateless. */
final class FeeShares {
    private FeeShares() {}

    /** @param payees one or more */
    static List<Long> of(long satoshis, int payees) {
        return Split.split(BigInteger.valueOf(satoshis), Collections.nCopies(payees, BigInteger.ONE)).stream()
                .map(BigInteger::longValueExact)
                .toList();
    }
}
