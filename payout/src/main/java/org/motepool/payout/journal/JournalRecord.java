package org.motepool.payout.journal;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.work.Nbits;

/**
 * What the journal holds. Everything else (balances, windows, high-waters) follows from these records alone. {@link
 * JournalRecordCodec} gives each its bytes. Times are milliseconds since 1970, for people; they decide nothing.
 */
public sealed interface JournalRecord {
    /**
     * Gives an account its index, before the first record that names it.
     *
     * @param index 0, 1, 2, … in order of the records
     * @param address canonical payout address
     */
    record AccountOpened(int index, String address) implements JournalRecord {
        /** Longest address text that is taken, in characters; no address form is near it. */
        public static final int ADDRESS_CHARACTERS_MAX = 128;

        public AccountOpened {
            if (index < 0 || address.isEmpty() || address.length() > ADDRESS_CHARACTERS_MAX) {
                throw new IllegalArgumentException("not an account: index " + index);
            }
        }

        public AccountId id() {
            return AccountId.ofCanonicalAddress(address);
        }
    }

    /**
     * One cut of the accountant's reading; never changed.
     *
     * @param number 1, 2, 3, …
     * @param ranges what was read of each log, ascending by source, each source once
     * @param cells the work in it, each (scheme, nbits, account) once
     * @param root RFC 6962 root over the roots of the entries, in the order in which they were read
     * @param entries how many entries that were
     */
    record SliceSealed(long number, long at, List<LogRange> ranges, List<SliceCell> cells, Bytes root, long entries)
            implements JournalRecord {
        public SliceSealed {
            ranges = List.copyOf(ranges);
            cells = List.copyOf(cells);
            if (number < 1 || ranges.isEmpty() || entries < ranges.size()) {
                throw new IllegalArgumentException("not a slice: number " + number + " of " + entries + " entries");
            }
            if (root.size() != WorkEntry.ROOT_BYTES) {
                throw new IllegalArgumentException("a root has 32 bytes, not " + root.size());
            }
        }

        public long shares() {
            return cells.stream().mapToLong(SliceCell::shares).reduce(0, Math::addExact);
        }
    }

    /**
     * Registers a block that a log says was found; it alone moves the high-water past the BLOCK record.
     *
     * @param range of the BLOCK record
     * @param finder account index
     * @param plan how its reward is shared; empty when it was refused
     * @param standing where it begins
     * @param reason empty, or why it is not credited
     */
    record BlockRegistered(
            LogRange range,
            Hash256 hash,
            int height,
            Nbits nbits,
            Scheme scheme,
            int finder,
            String worker,
            long at,
            Standing standing,
            String reason,
            Optional<BlockPlan> plan)
            implements JournalRecord {
        public BlockRegistered {
            boolean planned = standing == Standing.IMMATURE || standing == Standing.ORPHANED;
            if (planned != plan.isPresent() || standing == Standing.MATURE) {
                throw new IllegalArgumentException("a block cannot begin as " + standing);
            }
        }

        public Money gross() {
            return plan.map(BlockPlan::gross).orElse(Money.ZERO);
        }
    }

    /** A block changed its standing: matured, fell off the active chain, or came back to it. */
    record BlockMoved(Hash256 hash, Standing from, Standing to, long at) implements JournalRecord {}

    /**
     * From here on the pool's coinbases pay this script. Those named before stay the pool's: a block that was found under an
     * earlier address is registered late when the accountant was away.
     *
     * @param script output script
     */
    record PayeeNamed(Bytes script, long at) implements JournalRecord {
        /** Longest script that is taken, in bytes; no address form is near it. */
        public static final int SCRIPT_BYTES_MAX = 128;

        public PayeeNamed {
            if (script.size() == 0 || script.size() > SCRIPT_BYTES_MAX) {
                throw new IllegalArgumentException("not a payee's script: " + script.size() + " bytes");
            }
        }
    }

    /** Where a registered block stands. */
    enum Standing {
        /** Credited; its coinbase cannot be spent yet. */
        IMMATURE(1),
        /** Its coinbase can be spent: the credits may be paid. */
        MATURE(2),
        /** Planned, but not on the active chain: no credit of it stands. */
        ORPHANED(3),
        /** Never planned and never will be. */
        REFUSED(4);

        private final int code;

        Standing(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Standing ofCode(int code) {
            return switch (code) {
                case 1 -> IMMATURE;
                case 2 -> MATURE;
                case 3 -> ORPHANED;
                case 4 -> REFUSED;
                default -> throw new IllegalArgumentException("no standing has the code " + code);
            };
        }
    }
}
