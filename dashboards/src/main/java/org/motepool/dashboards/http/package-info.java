/**
 * The HTTP floor under both servers: {@link WebServer} takes routes that turn a {@link Question} into a {@link Reply},
 * off the event loop, and adds what every reply carries. It is the only package that knows Vert.x.
 */
@NullMarked
package org.motepool.dashboards.http;

import org.jspecify.annotations.NullMarked;
