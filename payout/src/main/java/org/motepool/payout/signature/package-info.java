/** Whether a text was signed with an address, in the forms that wallets write. Open {@link SignedMessage} first. */
@NullMarked
package org.motepool.payout.signature;

import org.jspecify.annotations.NullMarked;
