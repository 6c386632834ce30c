/**
 * The only room that knows Redis. {@link Store} hands out the typed doors; key names, scripts and Lettuce stay behind
 * them. Redis holds a fast shared copy: the share logs and the journal are the truth.
 */
@NullMarked
package org.motepool.store;

import org.jspecify.annotations.NullMarked;
