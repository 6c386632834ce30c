/** Tests of telling protocols apart. Open {@link FirstBytesTest} first. */
@NullMarked
package org.motepool.stratum.sniff;

import org.jspecify.annotations.NullMarked;
