package org.motepool.payout.journal;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.outbox.WorkEntry;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.core.sharelog.LogRange;
import org.motepool.core.work.Nbits;
import org.motepool.payout.ledger.Transfer;

/**
 * What the journal holds. Everything else (balances, windows, high-waters) follows from these records alone. {@link
 * JournalRecordCodec} gives each its bytes. Times are milliseconds since 1970, for people; they decide nothing, but that a
 * preference holds from a time on.
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
     * @param root RFC 6962 root over the roots of the entries, in the order of the ranges, and within one of its log: so
     *     that whoever has the logs can make it again
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
     * Registers a found block; where a log reported it, this record alone moves the high-water past the BLOCK record.
     *
     * @param range of the BLOCK record; empty when the block was seen on the chain and no log has reported it
     * @param finder account index, {@link #NO_FINDER} where it is not known
     * @param plan how its reward is shared; empty when it was refused
     * @param standing where it begins
     * @param reason empty, or why it is not credited
     * @param finderPaid what the coinbase itself pays to the finder of a SOLO block: a line of a statement, never owed
     */
    record BlockRegistered(
            Optional<LogRange> range,
            Hash256 hash,
            int height,
            Nbits nbits,
            Scheme scheme,
            int finder,
            String worker,
            long at,
            Standing standing,
            String reason,
            Optional<BlockPlan> plan,
            Money finderPaid)
            implements JournalRecord {
        /** A block that only the chain told of. */
        public static final int NO_FINDER = -1;

        public BlockRegistered {
            if (finder < NO_FINDER) {
                throw new IllegalArgumentException("no account has the index " + finder);
            }
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

    /**
     * The slices of one hour are complete: their work, summed, so that the hour's segments may be put away.
     *
     * @param hour number of the hour since 1970, by the slices' own times
     * @param firstSlice oldest slice in it
     * @param lastSlice newest, every one between included
     * @param root RFC 6962 root over the roots of the slices, in order
     */
    record SlicesFolded(long hour, long firstSlice, long lastSlice, List<SliceCell> cells, Bytes root)
            implements JournalRecord {
        public SlicesFolded {
            cells = List.copyOf(cells);
            if (firstSlice < 1 || lastSlice < firstSlice || root.size() != WorkEntry.ROOT_BYTES) {
                throw new IllegalArgumentException("not an hour of slices: " + firstSlice + " to " + lastSlice);
            }
        }
    }

    /**
     * What is owed and what there is, at one block of the chain. The newest of these that says less is held than owed stops
     * all payouts.
     *
     * @param tip newest block of the active chain
     * @param tipSeconds its header's time: what the days of the pot go by
     * @param owed to miners
     * @param pot given to be shared
     * @param held coins
     */
    record HeldCompared(
            Hash256 tip, int height, long tipSeconds, Money owed, Money pot, Money held, HeldSource source, long at)
            implements JournalRecord {
        /** More is owed than there is. */
        public boolean isBreach() {
            return owed.plus(pot).compareTo(held) > 0;
        }
    }

    /**
     * A sponsor's coins are in the pool's wallet, or the operator gives of the pool's own part.
     *
     * @param request 16 random bytes; the same request is done once
     * @param fromFee taken from the pool's fee instead of coming from outside
     */
    record PotFunded(Bytes request, Money amount, boolean fromFee, String memo, long at) implements JournalRecord {
        public PotFunded {
            checkRequest(request, memo);
            if (amount.isZero()) {
                throw new IllegalArgumentException("a pot is not funded with nothing");
            }
        }
    }

    /**
     * One day's part of the pot, shared by the day's work.
     *
     * @param day number of the UTC day since 1970 by the times of the chain's blocks; each later than the one before
     * @param plan without fee; its window is the day's slices
     */
    record PotShared(long day, BlockPlan plan, long at) implements JournalRecord {
        public PotShared {
            if (!plan.fee().isZero()) {
                throw new IllegalArgumentException("the pool takes no part of a pot");
            }
        }
    }

    /**
     * What a person had to put right by hand; balanced like everything else.
     *
     * @param request 16 random bytes; the same request is done once
     */
    record Corrected(Bytes request, List<Transfer> transfers, String reason, long at) implements JournalRecord {
        public Corrected {
            checkRequest(request, reason);
            transfers = List.copyOf(transfers);
            if (transfers.isEmpty() || reason.isBlank()) {
                throw new IllegalArgumentException("a correction says what and why");
            }
        }
    }

    /**
     * A payment begins: the amounts go from available to paying.
     *
     * @param number 1, 2, 3, …
     * @param lines each account once
     */
    record PayoutPlanned(long number, PayoutRail rail, List<PayoutLine> lines, long at) implements JournalRecord {
        public PayoutPlanned {
            lines = List.copyOf(lines);
            if (number < 1 || lines.isEmpty()) {
                throw new IllegalArgumentException("not a payout: number " + number + " of " + lines.size());
            }
            if (lines.stream().map(PayoutLine::account).distinct().count() != lines.size()) {
                throw new IllegalArgumentException("payout " + number + " names an account twice");
            }
        }
    }

    /**
     * A payment took its next step.
     *
     * @param networkFee what the network got; counts when it is confirmed
     * @param charges of each line's amount the part that goes to the network, in order; none when the pool bears it all
     * @param detail what the payer needs to go on after a crash: transaction, id, inputs, payment hash; in its own format
     */
    record PayoutMoved(
            long number, PayoutState from, PayoutState to, Money networkFee, List<Money> charges, Bytes detail, long at)
            implements JournalRecord {
        /** Longest detail in bytes; the largest standard transaction in hex fits. */
        public static final int DETAIL_BYTES_MAX = 1 << 20;

        public PayoutMoved {
            charges = List.copyOf(charges);
            if (!from.leadsTo(to)) {
                throw new IllegalArgumentException("a payout does not go from " + from + " to " + to);
            }
            if (detail.size() > DETAIL_BYTES_MAX) {
                throw new IllegalArgumentException("a detail of " + detail.size() + " bytes is over the limit");
            }
        }
    }

    /**
     * The owner of an address decided one thing, by a text signed with that address. With the journal's id, the chain and
     * the account's address it says the text again, so that anyone can check the signature.
     *
     * @param request first 16 bytes of the text's SHA-256; the same text is taken once
     * @param value canonical
     * @param nonce greater than that of every decision of this account before
     * @param untilSeconds end of the text's life, in seconds since 1970
     * @param signature as the wallet gave it
     * @param from milliseconds since 1970 from which on it holds: {@code at}, or later where it is about money
     */
    record PreferenceDecided(
            Bytes request,
            int account,
            PreferenceField field,
            String value,
            long nonce,
            long untilSeconds,
            String signature,
            long from,
            long at)
            implements JournalRecord {
        /** Longest signature, in characters. */
        public static final int SIGNATURE_CHARACTERS_MAX = 200;

        public PreferenceDecided {
            checkRequest(request, value);
            if (account < 0 || value.isEmpty() || value.length() > PreferenceValue.CHARACTERS_MAX) {
                throw new IllegalArgumentException("no account decides so: index " + account);
            }
            if (signature.isEmpty() || signature.length() > SIGNATURE_CHARACTERS_MAX || nonce < 0) {
                throw new IllegalArgumentException("nothing is decided without a signature and a nonce");
            }
            if (field.isAboutMoney() ? from < at : from != at) {
                throw new IllegalArgumentException(field + " decided at " + at + " does not hold from " + from);
            }
        }
    }

    /** Longest reason or memo, in characters. */
    int TEXT_CHARACTERS_MAX = 500;

    /** Bytes of a request's id. */
    int REQUEST_BYTES = 16;

    private static void checkRequest(Bytes request, String text) {
        if (request.size() != REQUEST_BYTES || text.length() > TEXT_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "not a request: an id of " + request.size() + " bytes, a text of " + text.length() + " characters");
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
