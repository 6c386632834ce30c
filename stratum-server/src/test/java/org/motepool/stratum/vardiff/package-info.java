/** Tests of levels. Open {@link VardiffTest} first. */
@NullMarked
package org.motepool.stratum.vardiff;

import org.jspecify.annotations.NullMarked;
