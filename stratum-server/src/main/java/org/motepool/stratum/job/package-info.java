/**
 * From templates to jobs on the wire: one job, one encoded line, shared by all connections. Open {@link JobFeed} first.
 */
@NullMarked
package org.motepool.stratum.job;

import org.jspecify.annotations.NullMarked;
