/** Block headers and the jobs that are cut from block templates. Open {@link Job} first. */
@NullMarked
package org.motepool.core.block;

import org.jspecify.annotations.NullMarked;
