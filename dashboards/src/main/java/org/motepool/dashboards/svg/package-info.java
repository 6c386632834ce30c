/** Pictures drawn on the server: {@link Chart} for rates over time, {@link Motes} for the devices, {@link Badge} for others. */
@NullMarked
package org.motepool.dashboards.svg;

import org.jspecify.annotations.NullMarked;
