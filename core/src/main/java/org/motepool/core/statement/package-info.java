/**
 * What a credit can be proven by, byte for byte, without the pool: leaves of a plan's Merkle tree and the share that was
 * logged. Open {@link PlanTree} first.
 */
@NullMarked
package org.motepool.core.statement;

import org.jspecify.annotations.NullMarked;
