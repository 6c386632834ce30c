@NullMarked
package org.motepool.payout.payer;

import org.jspecify.annotations.NullMarked;
