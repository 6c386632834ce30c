/** Pays small balances over Lightning: invoice, payment hash journaled, pay, poll. Open {@link LightningPayer} first. */
@NullMarked
package org.motepool.payout.lightning;

import org.jspecify.annotations.NullMarked;
