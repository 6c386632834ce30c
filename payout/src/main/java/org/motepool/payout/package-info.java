/** The accountant's room: from work entries to credits that add up. Open {@link PayoutService} first. */
@NullMarked
package org.motepool.payout;

import org.jspecify.annotations.NullMarked;
