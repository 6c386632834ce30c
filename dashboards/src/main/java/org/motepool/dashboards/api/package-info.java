/**
 * The statistics API that devices and tools already call, in public-pool's shape: {@link PublicPoolJson} writes it.
 * Key order and types are part of the contract, because small devices parse only what fits.
 */
@NullMarked
package org.motepool.dashboards.api;

import org.jspecify.annotations.NullMarked;
