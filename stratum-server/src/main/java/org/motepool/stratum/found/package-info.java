/** A block was found: to every node at once, and into the log. Open {@link BlockFinder} first. */
@NullMarked
package org.motepool.stratum.found;

import org.jspecify.annotations.NullMarked;
