@NullMarked
package org.motepool.payout.notice;

import org.jspecify.annotations.NullMarked;
