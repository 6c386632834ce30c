/**
 * The way of shares through an event loop: candidates of a turn are judged together, logged together, and answered once
 * they are forced. Open {@link Judge} first.
 */
@NullMarked
package org.motepool.stratum.share;

import org.jspecify.annotations.NullMarked;
