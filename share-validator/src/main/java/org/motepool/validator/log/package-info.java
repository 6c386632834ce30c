/**
 * The share log's files: one directory a process start, append-only segments, one force for all that gathered. {@link
 * ShareLog} is the writer's door.
 */
@NullMarked
package org.motepool.validator.log;

import org.jspecify.annotations.NullMarked;
