package org.motepool.core.sharelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.account.Scheme;
import org.motepool.core.bytes.ByteReader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.work.Level;

class LogRecordCodecTest {
    private static final long SEED = Long.getLong("mote.test.seed", 11L);
    private static final int[] FLIPS = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x7f, 0xff};

    private final ArbitraryRecords arbitrary = new ArbitraryRecords(SEED);

    private static LogRecord read(byte[] bytes) throws MalformedBytesException {
        ByteReader in = new ByteReader(bytes);
        LogRecord record = LogRecordCodec.read(in);
        in.end();
        return record;
    }

    @Test
    void readsWhatItWrote() throws Exception {
        System.out.println("seed of arbitrary records: " + SEED);
        for (int round = 0; round < 200; round++) {
            for (LogRecord record : arbitrary.oneOfEach().toList()) {
                assertThat(read(LogRecordCodec.toBytes(record).toArray())).isEqualTo(record);
            }
        }
    }

    @Test
    void readsOneRecordAfterTheOther() throws Exception {
        ByteWriter out = new ByteWriter();
        LogRecord.Share share = arbitrary.share();
        LogRecordCodec.write(share, out);
        LogRecordCodec.write(new LogRecord.Cut(5), out);
        ByteReader in = new ByteReader(out.toBytes());
        assertThat(LogRecordCodec.read(in)).isEqualTo(share);
        assertThat(LogRecordCodec.read(in)).isEqualTo(new LogRecord.Cut(5));
        in.end();
    }

    @Test
    void aShareHasTheBytesOfTheFormat() {
        LogRecord.Share share = new LogRecord.Share(
                0x01020304,
                Bytes.ofHex("aabb"),
                0x11121314,
                0x21222324,
                0x20000000,
                new Level(19),
                Scheme.SOLO,
                AccountId.ofHex("00112233445566778899aabbccddeeff"),
                "w1");
        assertThat(LogRecordCodec.toBytes(share))
                .hasToString("03" + "28" + "04030201" + "02aabb" + "14131211" + "24232221" + "00000020" + "13" + "02"
                        + "00112233445566778899aabbccddeeff" + "027731");
    }

    @Test
    void everyTruncationIsMalformed() {
        arbitrary.oneOfEach().forEach(record -> {
            Bytes whole = LogRecordCodec.toBytes(record);
            for (int size = 0; size < whole.size(); size++) {
                byte[] cut = whole.slice(0, size).toArray();
                assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedBytesException.class);
            }
        });
    }

    @Test
    void everyChangedByteIsMalformedOrAnotherRecord() {
        int valid = 0;
        int malformed = 0;
        for (LogRecord record : arbitrary.oneOfEach().toList()) {
            byte[] whole = LogRecordCodec.toBytes(record).toArray();
            for (int at = 0; at < whole.length; at++) {
                for (int value : FLIPS) {
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) value;
                    try {
                        LogRecord other = read(changed);
                        assertThat(other).isNotEqualTo(record);
                        assertThat(LogRecordCodec.toBytes(other).size()).isEqualTo(whole.length);
                        valid++;
                    } catch (MalformedBytesException e) {
                        assertThat(e).hasMessageNotContaining("null");
                        malformed++;
                    }
                }
            }
        }
        assertThat(valid).isPositive();
        assertThat(malformed).isPositive();
    }

    @Test
    void refusesAnAbsurdLengthBeforeItAllocates() {
        byte[] bytes = new ByteWriter().u8(3).compactSize(Long.MAX_VALUE).toArray();
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("over the limit");
    }

    @Test
    void refusesAnUnknownKindByName() {
        byte[] bytes = new ByteWriter().u8(9).compactSize(0).toArray();
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("kind 9");
    }
}
