/** Tests of the devices' side. Open {@link ServerFixture} first. */
@NullMarked
package org.motepool.stratum;

import org.jspecify.annotations.NullMarked;
