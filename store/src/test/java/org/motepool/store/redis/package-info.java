/** Tests of the store against real Redis servers. Open {@link TestRedis} first: other modules' tests use it too. */
@NullMarked
package org.motepool.store.redis;

import org.jspecify.annotations.NullMarked;
