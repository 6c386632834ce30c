/** What protects the node from any one connection: named limits and why connections are closed. Open {@link StratumLimits}. */
@NullMarked
package org.motepool.stratum.guard;

import org.jspecify.annotations.NullMarked;
