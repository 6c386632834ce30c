/** Tests of the way of a found block. Open {@code SubmissionLineTest} first. */
@NullMarked
package org.motepool.stratum.found;

import org.jspecify.annotations.NullMarked;
