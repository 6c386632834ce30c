/** What open pages are told as it happens: {@link LiveEvents} turns changes of the views into streams of events. */
@NullMarked
package org.motepool.dashboards.live;

import org.jspecify.annotations.NullMarked;
