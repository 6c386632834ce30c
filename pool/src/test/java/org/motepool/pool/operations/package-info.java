/**
 * What operators look at: the metrics of a running pool, and the files of {@code deploy} that name them. {@code MetricsTest}
 * first.
 */
@org.jspecify.annotations.NullMarked
package org.motepool.pool.operations;
