package org.motepool.payout.journal;

import org.motepool.core.bytes.Bytes;

/**
 * A place in the journal's chain.
 *
 * @param sequence number of a record; 0 before the first
 * @param hash SHA-256 over all bytes of that record, which name the hash before
 */
public record JournalHead(long sequence, Bytes hash) {}
