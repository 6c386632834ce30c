/** Checks of settings against real servers and nodes that say what a test wants. */
@NullMarked
package org.motepool.pool.check;

import org.jspecify.annotations.NullMarked;
