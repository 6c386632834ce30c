/** The devices' side of the pool: Stratum on Netty. Open {@link StratumServer} first. */
@NullMarked
package org.motepool.stratum;

import org.jspecify.annotations.NullMarked;
