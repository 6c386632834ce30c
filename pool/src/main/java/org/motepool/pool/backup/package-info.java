/** Copies of what cannot be made again: journal, snapshot, share logs. Open {@link Backup} first. */
@NullMarked
package org.motepool.pool.backup;

import org.jspecify.annotations.NullMarked;
