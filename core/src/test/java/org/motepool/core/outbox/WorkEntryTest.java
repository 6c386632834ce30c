package org.motepool.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.sharelog.ArbitraryRecords;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.work.Nbits;

class WorkEntryTest {
    private static final long SEED = Long.getLong("mote.test.seed", 13L);
    private static final int[] FLIPS = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x7f, 0xff};
    private static final Nbits NBITS = Nbits.ofHex("1d00ffff");
    private static final Bytes ROOT = Bytes.ofHex("55".repeat(32));

    private final ArbitraryRecords arbitrary = new ArbitraryRecords(SEED);

    private WorkEntry entry(int cells, Optional<LogRecord.BlockFound> block) {
        return new WorkEntry(
                "devnet",
                new LogShard(new LogId(arbitrary.bytes(LogId.BYTES)), 300),
                17,
                1L << 40,
                Stream.generate(arbitrary::text).limit(cells).toList(),
                Stream.generate(() ->
                                new WorkCell(arbitrary.scheme(), arbitrary.nbits(), arbitrary.account(), 1L << 50, 3))
                        .limit(cells)
                        .sorted()
                        .toList(),
                ROOT,
                block);
    }

    private Stream<WorkEntry> some() {
        return Stream.of(
                entry(0, Optional.empty()), entry(4, Optional.empty()), entry(0, Optional.of(arbitrary.block())));
    }

    @Test
    void readsWhatItWrote() throws Exception {
        System.out.println("seed of arbitrary entries: " + SEED);
        for (int round = 0; round < 100; round++) {
            for (WorkEntry entry : some().toList()) {
                assertThat(WorkEntry.parse(entry.toBytes())).isEqualTo(entry);
            }
        }
    }

    @Test
    void everyTruncationIsMalformed() {
        some().forEach(entry -> {
            Bytes whole = entry.toBytes();
            for (int size = 0; size < whole.size(); size++) {
                Bytes cut = whole.slice(0, size);
                assertThatThrownBy(() -> WorkEntry.parse(cut)).isInstanceOf(MalformedBytesException.class);
            }
        });
    }

    @Test
    void everyChangedByteIsMalformedOrAnotherEntry() {
        int valid = 0;
        int malformed = 0;
        for (WorkEntry entry : some().toList()) {
            byte[] whole = entry.toBytes().toArray();
            for (int at = 0; at < whole.length; at++) {
                for (int value : FLIPS) {
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) value;
                    try {
                        WorkEntry other = WorkEntry.parse(Bytes.copyOf(changed));
                        assertThat(other).isNotEqualTo(entry);
                        assertThat(other.toBytes().size()).isEqualTo(whole.length);
                        valid++;
                    } catch (MalformedBytesException e) {
                        malformed++;
                    }
                }
            }
        }
        assertThat(valid).isPositive();
        assertThat(malformed).isPositive();
    }

    @Test
    void anythingBehindTheEntryIsMalformed() {
        Bytes longer = entry(1, Optional.empty()).toBytes().concat(Bytes.ofHex("00"));
        assertThatThrownBy(() -> WorkEntry.parse(longer)).hasMessageContaining("1 bytes too many");
    }

    @Test
    void refusesWhatIsNoEntry() {
        WorkCell small = new WorkCell(Scheme.PPLNS, NBITS, AccountId.ofCanonicalAddress("a"), 1, 1);
        LogShard source = new LogShard(new LogId(arbitrary.bytes(LogId.BYTES)), 0);
        assertThatThrownBy(() -> new WorkEntry("main", source, 5, 5, List.of(), List.of(), ROOT, Optional.empty()))
                .hasMessageContaining("not a range");
        assertThatThrownBy(() ->
                        new WorkEntry("main", source, 0, 5, List.of(), List.of(small, small), ROOT, Optional.empty()))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> new WorkEntry(
                        "main", source, 0, 5, List.of(), List.of(small), ROOT, Optional.of(arbitrary.block())))
                .hasMessageContaining("holds no work");
        assertThatThrownBy(
                        () -> new WorkEntry("main", source, 0, 5, List.of(), List.of(), Bytes.EMPTY, Optional.empty()))
                .hasMessageContaining("32 bytes");
    }
}
