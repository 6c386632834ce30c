/**
 * What people, devices and operators see of the pool over HTTP: {@link DashboardServer} for everybody, the management
 * server for operators. It reads only from the store and never decides about work or money.
 */
@NullMarked
package org.motepool.dashboards;

import org.jspecify.annotations.NullMarked;
