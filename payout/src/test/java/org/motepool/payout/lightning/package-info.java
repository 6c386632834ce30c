@NullMarked
package org.motepool.payout.lightning;

import org.jspecify.annotations.NullMarked;
