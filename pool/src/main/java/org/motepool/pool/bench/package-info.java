/** What {@code mote bench} makes and measures: large valid share logs, and a pool under load. Open {@link BenchLog} or {@link StratumBench} first. */
@NullMarked
package org.motepool.pool.bench;

import org.jspecify.annotations.NullMarked;
