/** The one thread that reads, seals, journals, credits and publishes, in this order. Open {@link Accountant} first. */
@NullMarked
package org.motepool.payout.accountant;

import org.jspecify.annotations.NullMarked;
