/**
 * One connection: its rights, the order of its replies, its jobs and levels, its shares. Open {@link Session} first; all
 * of it is owned by the connection's event loop, which {@link SessionLoop} stands for.
 */
@NullMarked
package org.motepool.stratum.session;

import org.jspecify.annotations.NullMarked;
