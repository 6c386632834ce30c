/**
 * The pages that people read, each a pure function of a view: {@link HomePage} first, {@link Layout} around all of
 * them. They need no script, which only renews them, copies, and fills in settings; and they say in words what a number
 * means. What they say comes from {@link org.motepool.dashboards.language.Words}.
 */
@NullMarked
package org.motepool.dashboards.page;

import org.jspecify.annotations.NullMarked;
