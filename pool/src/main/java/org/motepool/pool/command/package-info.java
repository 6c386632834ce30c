/** The commands of {@code ./mote}: what each reads, prints and exits with. Open {@link DemoCommand} first. */
@NullMarked
package org.motepool.pool.command;

import org.jspecify.annotations.NullMarked;
