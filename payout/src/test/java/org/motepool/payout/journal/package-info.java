@NullMarked
package org.motepool.payout.journal;

import org.jspecify.annotations.NullMarked;
