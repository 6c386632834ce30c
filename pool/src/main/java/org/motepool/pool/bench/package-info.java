/** What {@code mote bench} makes and shows: large valid share logs, and how fast this machine proves shares. Open {@link BenchLog} first. */
@NullMarked
package org.motepool.pool.bench;

import org.jspecify.annotations.NullMarked;
