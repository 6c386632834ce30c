/** The chain as the pool sees it, whatever stands behind: several full nodes or the built-in devnet. Open {@link Chain}. */
@NullMarked
package org.motepool.chain;

import org.jspecify.annotations.NullMarked;
