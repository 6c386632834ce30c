/** Clocks that are passed in, so that no test waits. Open {@link PoolClock} first. */
@NullMarked
package org.motepool.core.time;

import org.jspecify.annotations.NullMarked;
