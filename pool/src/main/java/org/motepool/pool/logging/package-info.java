/**
 * How log lines look: text for people, or one JSON object a line for programs, each with the name of its event. {@link
 * org.motepool.pool.logging.LogLines} first.
 */
@NullMarked
package org.motepool.pool.logging;

import org.jspecify.annotations.NullMarked;
