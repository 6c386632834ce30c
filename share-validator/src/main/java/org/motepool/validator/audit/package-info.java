/**
 * Re-proves share logs, years later and with nothing else: every record against its job, its level and all others. Open
 * {@link ShareAudit} first.
 */
@NullMarked
package org.motepool.validator.audit;

import org.jspecify.annotations.NullMarked;
