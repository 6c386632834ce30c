/** Simulated boards at a whole pool. */
@NullMarked
package org.motepool.pool.swarm;

import org.jspecify.annotations.NullMarked;
