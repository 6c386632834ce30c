/** Amounts as two integers; no floating point anywhere. Open {@link Money} first. */
@NullMarked
package org.motepool.core.money;

import org.jspecify.annotations.NullMarked;
