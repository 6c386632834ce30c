@NullMarked
package org.motepool.payout.accountant;

import org.jspecify.annotations.NullMarked;
