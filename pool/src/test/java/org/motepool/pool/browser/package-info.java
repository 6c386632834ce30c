/** A browser that mines at a whole pool: {@link org.motepool.pool.browser.BrowserMinesIT}. */
@NullMarked
package org.motepool.pool.browser;

import org.jspecify.annotations.NullMarked;
