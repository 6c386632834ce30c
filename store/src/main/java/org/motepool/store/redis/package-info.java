/**
 * The store's doors on Redis 6.2 and newer: key names, scripts by digest, one shared connection. Open {@link RedisStore}
 * first; {@link RedisLink} is what every door calls through.
 */
@NullMarked
package org.motepool.store.redis;

import org.jspecify.annotations.NullMarked;
