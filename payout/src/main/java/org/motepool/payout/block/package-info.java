/** A found block's life: verdict of the chain, plan, maturity or orphaning. Open {@link BlockJudge} first. */
@NullMarked
package org.motepool.payout.block;

import org.jspecify.annotations.NullMarked;
