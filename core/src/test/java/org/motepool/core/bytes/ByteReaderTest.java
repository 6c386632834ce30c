package org.motepool.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteReaderTest {
    @Test
    void readsWhatTheWriterWrites() throws MalformedBytesException {
        Bytes written = new ByteWriter(1)
                .u8(0xfe)
                .u16(0xfffe)
                .i32(-2)
                .i64(Long.MIN_VALUE)
                .compactSize(0xfc)
                .compactSize(0xfd)
                .compactSize(0x1_0000)
                .compactSize(0x1_0000_0000L)
                .sized(Bytes.ofHex("0102"))
                .text("µ€\ud83d\udca1")
                .toBytes();
        ByteReader in = new ByteReader(written);

        assertThat(in.u8()).isEqualTo(0xfe);
        assertThat(in.u16()).isEqualTo(0xfffe);
        assertThat(in.i32()).isEqualTo(-2);
        assertThat(in.i64()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.compactSize()).isEqualTo(0xfc);
        assertThat(in.compactSize()).isEqualTo(0xfd);
        assertThat(in.compactSize()).isEqualTo(0x1_0000);
        assertThat(in.compactSize()).isEqualTo(0x1_0000_0000L);
        assertThat(in.sized()).isEqualTo(Bytes.ofHex("0102"));
        assertThat(in.text()).isEqualTo("µ€\ud83d\udca1");
        in.end();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "252, fc",
        "253, fdfd00",
        "65535, fdffff",
        "65536, fe00000100",
        "4294967296, ff0000000001000000"
    })
    void sizesHaveBitcoinsForm(long size, String hex) {
        assertThat(new ByteWriter().compactSize(size).toBytes()).hasToString(hex);
    }

    @ParameterizedTest
    @CsvSource({"ffffffffffffffffff", "ff0000000000000080", "feffffffff", "fdffff", "05010203", "01", "fd"})
    void absurdLengthsAreMalformedAndAllocateNothing(String hex) {
        assertThatThrownBy(() -> new ByteReader(Bytes.ofHex(hex)).sized()).isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> new ByteReader(Bytes.ofHex(hex)).text()).isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> new ByteReader(Bytes.ofHex(hex)).count(4)).isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void refusesTextThatIsNotUtf8AndBytesTooMany() {
        assertThatThrownBy(() -> new ByteReader(Bytes.ofHex("02c328")).text())
                .isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> new ByteReader(Bytes.ofHex("00")).end())
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("1 bytes too many at 0");
    }

    @Test
    void anyReadingOfAnyBytesEndsInAValueOrMalformed() {
        long seed = 8;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) (0xfd + random.nextInt(3));
            }
            int from = random.nextInt(bytes.length + 1);
            ByteReader in = new ByteReader(bytes, from, bytes.length - from);
            try {
                while (true) {
                    readSomething(in, random);
                }
            } catch (MalformedBytesException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            } catch (RuntimeException | Error other) {
                fail("seed " + seed + ", round " + i, other);
            }
        }
    }

    private static void readSomething(ByteReader in, Random random) throws MalformedBytesException {
        switch (random.nextInt(9)) {
            case 0 -> in.u8();
            case 1 -> in.u16();
            case 2 -> in.i32();
            case 3 -> in.i64();
            case 4 -> in.array(random.nextLong());
            case 5 -> in.count(random.nextInt(50));
            case 6 -> in.sized();
            case 7 -> in.text();
            default -> {
                in.compactSize();
                if (in.remaining() == 0) {
                    in.u8();
                }
            }
        }
    }

    @Test
    void aRangeOutsideTheSourceIsNeverFilledWithZeros() {
        Bytes three = Bytes.ofHex("010203");

        assertThat(three.slice(1, 3)).isEqualTo(Bytes.ofHex("0203"));
        assertThatThrownBy(() -> three.slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOf(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOf(new byte[3], 4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bytesAreOrderedUnsignedAndCompareByValue() {
        assertThat(Bytes.ofHex("80")).isGreaterThan(Bytes.ofHex("7f"));
        assertThat(Bytes.ofHex("8000")).isGreaterThan(Bytes.ofHex("80"));
        assertThat(Bytes.ofHex("AbCd")).isEqualTo(Bytes.ofHex("abcd")).hasSameHashCodeAs(Bytes.ofHex("abcd"));
        byte[] source = {1, 2};
        Bytes copy = Bytes.copyOf(source);
        source[0] = 9;
        copy.toArray()[1] = 9;
        assertThat(copy).isEqualTo(Bytes.ofHex("0102"));
    }
}
