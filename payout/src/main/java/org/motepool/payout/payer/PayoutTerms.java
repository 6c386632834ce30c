package org.motepool.payout.payer;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.motepool.payout.books.Books;

/** What accounts have asked for. Asked on the accountant's thread, between two records of the journal. */
@FunctionalInterface
public interface PayoutTerms {
    /** @param account its index in the journal */
    Choice of(Books books, int account);

    /**
     * @param threshold in satoshis; on the chain the pool's minimum, what an output costs and the dust limit hold all the same
     * @param lightning where an invoice is asked for (LUD-06); empty is paid on the chain
     * @param donated hundredths of a percent of each payment that are left to the pool
     */
    record Choice(OptionalLong threshold, Optional<URI> lightning, int donated) {
        /** Nothing was asked for. */
        public static final Choice NONE = new Choice(OptionalLong.empty(), Optional.empty(), 0);

        public Choice {
            if (threshold.isPresent() && threshold.getAsLong() < 1) {
                throw new IllegalArgumentException("a threshold is 1 satoshi or more");
            }
            Donation.check(donated);
        }

        /** What is left to the pool of so many satoshis. */
        public long donation(long satoshis) {
            return Donation.of(satoshis, donated);
        }
    }
}
