/**
 * The hashing side of a twin: jobs to headers, the board's order of search, its own reading of the difficulty, and the
 * pacing of many boards on few threads. Open {@link Rig} first.
 */
@NullMarked
package org.motepool.devices.hash;

import org.jspecify.annotations.NullMarked;
