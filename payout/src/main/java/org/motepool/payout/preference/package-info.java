/** From a signed text to a decision in the journal, and from decisions to how one is paid. Open {@link RequestJudge} first. */
@NullMarked
package org.motepool.payout.preference;

import org.jspecify.annotations.NullMarked;
