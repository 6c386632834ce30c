/**
 * Servers that strangers name: payees' and those that want notices. Nothing that they answer is trusted, and the operator's own
 * network is out of reach. Open {@link OutsideServers} first.
 */
@NullMarked
package org.motepool.payout.outside;

import org.jspecify.annotations.NullMarked;
