/** What all journal records together say: the only state there is. Open {@link Books} first. */
@NullMarked
package org.motepool.payout.books;

import org.jspecify.annotations.NullMarked;
