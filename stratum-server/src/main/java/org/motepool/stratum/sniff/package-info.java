/**
 * One port for all: what a connection is, told by what it sends first, and the pipeline that it then gets. Open {@link
 * FrontDoor} first; {@link FirstBytes} has the rule.
 */
@NullMarked
package org.motepool.stratum.sniff;

import org.jspecify.annotations.NullMarked;
