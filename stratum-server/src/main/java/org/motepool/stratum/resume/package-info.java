/**
 * What a device's last connection knew, for its next one: level and rate come back at once, on any node. Open {@link
 * SessionMemory} first.
 */
@NullMarked
package org.motepool.stratum.resume;

import org.jspecify.annotations.NullMarked;
