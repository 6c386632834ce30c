/**
 * How quantities read: rates, difficulties, spans of time, money. {@link Quantities} first; everything is a pure
 * function of its arguments and rounds to what is really known.
 */
@NullMarked
package org.motepool.dashboards.format;

import org.jspecify.annotations.NullMarked;
