package org.motepool.payout.journal;

import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.payout.ledger.LedgerAccount;

/** Gives ledger accounts their bytes: a code, and for a miner's the account's index. Stateless. */
final class LedgerAccountCodec {
    private static final int MINER_IMMATURE = 32;
    private static final int MINER_AVAILABLE = 33;
    private static final int MINER_PAYING = 34;

    private LedgerAccountCodec() {}

    static void write(LedgerAccount account, ByteWriter out) {
        switch (account) {
            case LedgerAccount.Pool pool -> out.u8(pool.code());
            case LedgerAccount.Miner(int index, LedgerAccount.Part part) -> {
                int code = switch (part) {
                    case IMMATURE -> MINER_IMMATURE;
                    case AVAILABLE -> MINER_AVAILABLE;
                    case PAYING -> MINER_PAYING;
                };
                out.u8(code).compactSize(index);
            }
        }
    }

    static LedgerAccount read(ByteReader in) throws MalformedBytesException {
        int code = in.u8();
        return switch (code) {
            case MINER_IMMATURE ->
                new LedgerAccount.Miner(JournalRecordCodec.index(in.compactSize()), LedgerAccount.Part.IMMATURE);
            case MINER_AVAILABLE ->
                new LedgerAccount.Miner(JournalRecordCodec.index(in.compactSize()), LedgerAccount.Part.AVAILABLE);
            case MINER_PAYING ->
                new LedgerAccount.Miner(JournalRecordCodec.index(in.compactSize()), LedgerAccount.Part.PAYING);
            default -> LedgerAccount.Pool.ofCode(code);
        };
    }
}
