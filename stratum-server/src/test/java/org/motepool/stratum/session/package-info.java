/** Tests of what one connection keeps. Open {@link JobRingTest}. */
@NullMarked
package org.motepool.stratum.session;

import org.jspecify.annotations.NullMarked;
