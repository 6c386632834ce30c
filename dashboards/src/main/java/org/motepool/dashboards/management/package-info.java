/**
 * The operators' side, on a port of its own: {@link ManagementServer} answers liveness, readiness, metrics and the admin
 * API of one process. It is never reachable by the public port.
 */
@NullMarked
package org.motepool.dashboards.management;

import org.jspecify.annotations.NullMarked;
