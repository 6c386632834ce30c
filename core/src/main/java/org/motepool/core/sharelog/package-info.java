/**
 * The records of a share log, byte for byte: the truth about work. Files and forcing live in share-validator; this is
 * the format alone. Open {@link LogRecord} first.
 */
@NullMarked
package org.motepool.core.sharelog;

import org.jspecify.annotations.NullMarked;
