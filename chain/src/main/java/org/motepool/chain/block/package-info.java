/**
 * Raw transactions and blocks as they travel between nodes: parsed strictly, hashed, serialized again. Open {@link
 * RawBlock} first.
 */
@NullMarked
package org.motepool.chain.block;

import org.jspecify.annotations.NullMarked;
