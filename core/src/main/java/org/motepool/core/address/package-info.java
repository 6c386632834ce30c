/** Payout addresses as people type them, checked in full, and their scripts. Open {@link PayoutAddress} first. */
@NullMarked
package org.motepool.core.address;

import org.jspecify.annotations.NullMarked;
