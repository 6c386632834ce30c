/** The packed entry that carries a log range's work from a stratum node to the accountant. Open {@link WorkEntry}. */
@NullMarked
package org.motepool.core.outbox;

import org.jspecify.annotations.NullMarked;
