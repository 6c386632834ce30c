/**
 * Levels, targets, compact network targets and the pow-shift of test chains: what a hash is compared with. Open {@link
 * Level} first; {@link DifficultyScale} turns levels into difficulties. Work is a count of units of 2^16 hashes: a {@code long} in one cell, {@code BigInteger} in sums.
 */
@NullMarked
package org.motepool.core.work;

import org.jspecify.annotations.NullMarked;
