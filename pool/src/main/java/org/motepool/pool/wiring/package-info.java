/** Puts the rooms together into one running process. Open {@link PoolRuntime} first. */
@NullMarked
package org.motepool.pool.wiring;

import org.jspecify.annotations.NullMarked;
