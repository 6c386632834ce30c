/**
 * The pages that people read, each a pure function of a view: {@link HomePage} first, {@link Layout} around all of
 * them. They need no script, and say in words what a number means.
 */
@NullMarked
package org.motepool.dashboards.page;

import org.jspecify.annotations.NullMarked;
