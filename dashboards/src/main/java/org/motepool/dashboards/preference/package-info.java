/**
 * The way of a wish from a page or a program to payout: the text to sign is written here, what comes back signed is looked at
 * and left in the store. Nothing is decided here. Open {@link org.motepool.dashboards.preference.PreferenceCounter} first.
 */
@NullMarked
package org.motepool.dashboards.preference;

import org.jspecify.annotations.NullMarked;
