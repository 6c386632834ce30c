/** 256-bit hashes and how they are made: SHA-256d of one buffer and merkle trees. Open {@link Hash256} first. */
@NullMarked
package org.motepool.core.hash;

import org.jspecify.annotations.NullMarked;
