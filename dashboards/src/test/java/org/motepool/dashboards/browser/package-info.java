/**
 * Looks at the pages in a real Chromium: {@link org.motepool.dashboards.browser.PagesInBrowserTest}. What it saw is kept
 * in {@code target/screenshots}.
 */
@NullMarked
package org.motepool.dashboards.browser;

import org.jspecify.annotations.NullMarked;
