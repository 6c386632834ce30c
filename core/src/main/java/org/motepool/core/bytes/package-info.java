/** Byte strings and little-endian reading and writing for every format of the house. Open {@link Bytes} first. */
@NullMarked
package org.motepool.core.bytes;

import org.jspecify.annotations.NullMarked;
