/**
 * Twins: simulated devices that speak to a pool's socket as the real boards do and really hash, scaled by the pow-shift.
 * Open {@link TwinSwarm} first, {@link TwinKind} for the boards that there are.
 */
@NullMarked
package org.motepool.devices;

import org.jspecify.annotations.NullMarked;
