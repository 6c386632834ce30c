/**
 * Asks the real servers over real sockets; {@link FakeStore} stands for the store. {@link Sample} has the numbers that
 * several tests show.
 */
@NullMarked
package org.motepool.dashboards;

import org.jspecify.annotations.NullMarked;
