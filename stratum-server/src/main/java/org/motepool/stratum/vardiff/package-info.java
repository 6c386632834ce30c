/**
 * How hard a device's shares are: a first level by kind of device, then by what it proves and by its silence. Open {@link
 * LevelControl} first; {@link DeviceTable} is where a new device gets its line.
 */
@NullMarked
package org.motepool.stratum.vardiff;

import org.jspecify.annotations.NullMarked;
