/**
 * Carries work from share logs to the accountant's stream, at least once and without gaps, until the journal holds it.
 * Open {@link OutboxService} first, then {@link LogSender}, which does the work for one log.
 */
@NullMarked
package org.motepool.stratum.outbox;

import org.jspecify.annotations.NullMarked;
