/** Proves a journal from its files alone: replayed, summed, compared. Open {@link LedgerProof} first. */
@NullMarked
package org.motepool.payout.proof;

import org.jspecify.annotations.NullMarked;
