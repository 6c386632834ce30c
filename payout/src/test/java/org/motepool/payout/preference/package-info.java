@NullMarked
package org.motepool.payout.preference;

import org.jspecify.annotations.NullMarked;
