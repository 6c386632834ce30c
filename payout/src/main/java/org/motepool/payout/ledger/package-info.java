/** Double entry over the pool's own accounts, every amount an integer. Open {@link Ledger} first. */
@NullMarked
package org.motepool.payout.ledger;

import org.jspecify.annotations.NullMarked;
