/** From entries as they are read to one cut of the reading, by the high-water of each log. Open {@link OpenSlice} first. */
@NullMarked
package org.motepool.payout.slice;

import org.jspecify.annotations.NullMarked;
