/**
 * The WebAssembly that browsers mine with, written by Java when the pool starts: no binary in the sources, no tool in the
 * build. Open {@link HashModule} first.
 */
@NullMarked
package org.motepool.dashboards.wasm;

import org.jspecify.annotations.NullMarked;
