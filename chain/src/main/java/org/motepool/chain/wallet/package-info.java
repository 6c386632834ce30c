/** The pool's wallet in a full node, for paying miners. Open {@link Wallet} first. */
@NullMarked
package org.motepool.chain.wallet;

import org.jspecify.annotations.NullMarked;
