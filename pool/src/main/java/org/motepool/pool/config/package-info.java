/**
 * Settings from a TOML file, the environment and the command line, checked as a whole: every finding is told, not the
 * first. Open {@link PoolConfig} for what comes out, {@link Key} for what may go in.
 */
@NullMarked
package org.motepool.pool.config;

import org.jspecify.annotations.NullMarked;
