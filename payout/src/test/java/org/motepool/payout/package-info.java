@NullMarked
package org.motepool.payout;

import org.jspecify.annotations.NullMarked;
