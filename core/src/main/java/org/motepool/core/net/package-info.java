/** Addresses of the network that devices come from, as values: nothing here is resolved or opened. Open {@link IpNetwork}. */
@NullMarked
package org.motepool.core.net;

import org.jspecify.annotations.NullMarked;
