package org.motepool.pool.bench;

/**
 * How soon a tip made on demand was with all connections, in nanoseconds.
 *
 * @param firstToLast from the first connection that heard of it to the last
 * @param knownToLast from when the node published it to the last
 */
public record TipTimes(long firstToLast, long knownToLast) {}
