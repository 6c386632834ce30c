/**
 * Typed HTML that cannot be written unescaped: {@link Html} is the whole of it. There is no way in for raw markup, so a
 * worker's name or a user agent stays text wherever it lands.
 */
@NullMarked
package org.motepool.dashboards.html;

import org.jspecify.annotations.NullMarked;
