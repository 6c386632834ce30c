/** Tests of levels. Open {@link VardiffSimulationTest} first: what they promise, in numbers. */
@NullMarked
package org.motepool.stratum.vardiff;

import org.jspecify.annotations.NullMarked;
