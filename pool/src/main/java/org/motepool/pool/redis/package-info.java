/**
 * The Redis that a pool without an operator's Redis runs for itself: loopback, random password, appended to disk. Open
 * {@link EmbeddedRedis}.
 */
@NullMarked
package org.motepool.pool.redis;

import org.jspecify.annotations.NullMarked;
