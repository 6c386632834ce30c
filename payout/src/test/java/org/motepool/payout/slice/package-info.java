@NullMarked
package org.motepool.payout.slice;

import org.jspecify.annotations.NullMarked;
