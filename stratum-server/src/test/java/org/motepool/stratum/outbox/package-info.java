/** Tests of the outbox with real log files and a real Redis. Open {@link TestLog} first. */
@NullMarked
package org.motepool.stratum.outbox;

import org.jspecify.annotations.NullMarked;
