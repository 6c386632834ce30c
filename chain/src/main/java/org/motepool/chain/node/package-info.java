/**
 * Full nodes behind the chain's door: JSON-RPC, several nodes with failover, long poll and ZMQ. Open {@link NodeChain}
 * first.
 */
@NullMarked
package org.motepool.chain.node;

import org.jspecify.annotations.NullMarked;
