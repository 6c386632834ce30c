/** The field's values and the formats that cross rooms; no I/O. Each package below is one thought. */
@NullMarked
package org.motepool.core;

import org.jspecify.annotations.NullMarked;
