/**
 * A real small chain inside the process: synthetic transactions, a node's rules, reorgs, a quick retarget, pow-shift.
 * Open {@link DevnetChain} first, {@link BlockRules} for what a block must be.
 */
@NullMarked
package org.motepool.chain.devnet;

import org.jspecify.annotations.NullMarked;
