/**
 * What each firmware says and how it fails, byte for byte and quirks included; no sockets and no clocks of its own. Open
 * {@link Firmware} first.
 */
@NullMarked
package org.motepool.devices.firmware;

import org.jspecify.annotations.NullMarked;
