/** The append-only, hash-chained record of everything that was decided about money. Open {@link JournalRecord} first. */
@NullMarked
package org.motepool.payout.journal;

import org.jspecify.annotations.NullMarked;
