/** The composition root: command line, configuration, wiring, embedded Redis; nothing but wiring. Open {@link Main}. */
@NullMarked
package org.motepool.pool;

import org.jspecify.annotations.NullMarked;
