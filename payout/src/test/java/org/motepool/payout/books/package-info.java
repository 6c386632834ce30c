@NullMarked
package org.motepool.payout.books;

import org.jspecify.annotations.NullMarked;
