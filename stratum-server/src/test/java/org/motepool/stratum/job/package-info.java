/** Tests of the way from templates to jobs. Open {@link JobFeedTest} first. */
@NullMarked
package org.motepool.stratum.job;

import org.jspecify.annotations.NullMarked;
