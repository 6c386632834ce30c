/** The whole pool against a real full node. Open {@code RealNodePoolIT} first. */
@NullMarked
package org.motepool.pool.realnode;

import org.jspecify.annotations.NullMarked;
