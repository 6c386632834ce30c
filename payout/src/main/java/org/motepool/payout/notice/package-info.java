/**
 * Tells owners of addresses, where they asked for it by a signed text, what happens to their workers and money. A notice may
 * be lost by a crash; none is told twice by a restart, for only what happens from then on is told. Open {@link
 * org.motepool.payout.notice.NoticeDesk} first.
 */
@NullMarked
package org.motepool.payout.notice;

import org.jspecify.annotations.NullMarked;
