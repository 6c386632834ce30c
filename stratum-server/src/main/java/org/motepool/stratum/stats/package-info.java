/** What the node counts: for its own metrics and, by worker, for pages; never for money. Open {@link StatsBook} first. */
@NullMarked
package org.motepool.stratum.stats;

import org.jspecify.annotations.NullMarked;
