/**
 * Load on a pool: thousands of connections on one thread that send shares as fast as they are answered, or at a fixed rate, and
 * measure the replies. Nothing is hashed. Open {@link LoadGenerator} first.
 */
@NullMarked
package org.motepool.devices.load;

import org.jspecify.annotations.NullMarked;
