/** Looks at what the settings lead to, without starting the pool. Begin with {@link org.motepool.pool.check.OnlineCheck}. */
@NullMarked
package org.motepool.pool.check;

import org.jspecify.annotations.NullMarked;
