@NullMarked
package org.motepool.payout.scheme;

import org.jspecify.annotations.NullMarked;
