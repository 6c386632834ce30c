/**
 * What the owner of an address may wish, and the text that is signed with the address to say so: written by pages, signed
 * by wallets, checked by payout. Open {@link SignedText} first.
 */
@NullMarked
package org.motepool.core.preference;

import org.jspecify.annotations.NullMarked;
