/** How fast the pool's parts are: one class a question. Open {@link ProvenShares} first; README.md beside has the answers. */
@NullMarked
package org.motepool.benchmarks;

import org.jspecify.annotations.NullMarked;
