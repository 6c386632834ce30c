/**
 * The statistics that programs read: {@link PublicPoolJson} and {@link CkpoolText} speak the dialects that devices and tools
 * already call, {@link SmallJson} the small formats, {@link NativeJson} our own. Key order and types are part of the
 * contract, because small devices parse only what fits.
 */
@NullMarked
package org.motepool.dashboards.api;

import org.jspecify.annotations.NullMarked;
