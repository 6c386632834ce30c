/** Tests of the guards. */
@NullMarked
package org.motepool.stratum.guard;

import org.jspecify.annotations.NullMarked;
