/**
 * Stratum V1 on the wire: lines, messages, and the pure functions between them. Open {@link MinerMessage} and {@link
 * PoolMessage} first; nothing here closes, logs or counts.
 */
@NullMarked
package org.motepool.stratum.v1;

import org.jspecify.annotations.NullMarked;
