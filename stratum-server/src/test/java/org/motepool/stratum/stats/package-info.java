/** Tests of the node's counts. Open {@link StatsBookTest} first. */
@NullMarked
package org.motepool.stratum.stats;

import org.jspecify.annotations.NullMarked;
