/** Pays miners: plan, fund, sign, store, send, confirm, each journaled before the next. Open {@link PayerLoop} first. */
@NullMarked
package org.motepool.payout.payer;

import org.jspecify.annotations.NullMarked;
