/** How a reward is shared, as pure functions on integers, and the one division of the system. Open {@link RewardScheme} first. */
@NullMarked
package org.motepool.payout.scheme;

import org.jspecify.annotations.NullMarked;
