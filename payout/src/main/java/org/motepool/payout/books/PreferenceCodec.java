package org.motepool.payout.books;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.preference.PreferenceField;
import org.motepool.payout.books.Decisions.Held;
import org.motepool.payout.books.Decisions.Waiting;
import org.motepool.payout.journal.JournalRecord;

/**
 * Gives an account's decisions their bytes in a snapshot: account (CompactSize), last nonce, day (i64 each), decisions of
 * the day (CompactSize); values and waiting changes, each behind its count and ascending by field: field (u8), text, times
 * (i64); requests (16 each) behind their count. Stateless.
 */
final class PreferenceCodec {
    private static final int ENTRY_BYTES_MIN = 1 + 1 + 8;

    private PreferenceCodec() {}

    static ByteWriter write(int account, Decisions decisions) {
        ByteWriter out = new ByteWriter().compactSize(account);
        out.i64(decisions.lastNonce()).i64(decisions.day()).compactSize(decisions.ofDay());
        out.compactSize(decisions.holding().size());
        new TreeMap<>(decisions.holding())
                .forEach(
                        (field, held) -> out.u8(field.code()).text(held.value()).i64(held.since()));
        out.compactSize(decisions.waiting().size());
        new TreeMap<>(decisions.waiting())
                .forEach((field, change) -> out.u8(field.code())
                        .text(change.value())
                        .i64(change.asked())
                        .i64(change.from()));
        out.compactSize(decisions.requests().size());
        decisions.requests().forEach(out::bytes);
        return out;
    }

    /** Behind the account. */
    static Decisions read(ByteReader in) throws MalformedBytesException {
        long lastNonce = in.i64();
        long day = in.i64();
        int ofDay = Math.toIntExact(in.compactSize());
        Map<PreferenceField, Held> holding = new EnumMap<>(PreferenceField.class);
        for (int left = in.count(ENTRY_BYTES_MIN); left > 0; left--) {
            holding.put(PreferenceField.ofCode(in.u8()), new Held(in.text(), in.i64()));
        }
        Map<PreferenceField, Waiting> waiting = new EnumMap<>(PreferenceField.class);
        for (int left = in.count(ENTRY_BYTES_MIN); left > 0; left--) {
            waiting.put(PreferenceField.ofCode(in.u8()), new Waiting(in.text(), in.i64(), in.i64()));
        }
        List<Bytes> requests = new ArrayList<>();
        for (int left = in.count(JournalRecord.REQUEST_BYTES); left > 0; left--) {
            requests.add(in.bytes(JournalRecord.REQUEST_BYTES));
        }
        return new Decisions(lastNonce, day, ofDay, holding, waiting, requests);
    }
}
