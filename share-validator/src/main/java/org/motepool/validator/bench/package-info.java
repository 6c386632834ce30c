/**
 * How fast this machine proves shares, one by one and in lanes, by turns in one process so that ratios stand. Open {@link
 * ValidatorBench} first.
 */
@NullMarked
package org.motepool.validator.bench;

import org.jspecify.annotations.NullMarked;
