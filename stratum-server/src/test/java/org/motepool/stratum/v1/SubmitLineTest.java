package org.motepool.stratum.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.heap.WarmHeap;
import org.motepool.core.work.DifficultyScale;
import org.motepool.core.work.ProofOfWork;

/** The short way says the same as the long way, or nothing. */
class SubmitLineTest {
    /** One for all lines: nothing of one may be in the next. */
    private final SubmitLine lines = new SubmitLine();

    private static final long SEED = Long.getLong("mote.test.seed", 20_260_108L);
    private static final DifficultyScale DIFFICULTIES = ProofOfWork.SHA256D.difficulties();
    private static final String USUAL =
            "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"addr.w\",\"1a\",\"0000002a\",\"66b2c3d4\",\"9f3c\"]}";
    private static final String[] PIECES = {
        "\"id\"",
        "\"method\"",
        "\"params\"",
        "\"mining.submit\"",
        "\"x\"",
        "4",
        "-1",
        "0",
        "007",
        "1.5",
        "1e3",
        "null",
        "true",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"\"",
        "\"\\u0031\"",
        "\"1a\"",
        "\"0000002a\"",
        "\"zz\"",
        "\"é\"",
        " ",
        "\t",
        "\r",
        "123456789012345678",
        "1234567890123456789",
        "\"123456789\"",
        "\"1fffe000\"",
        "\u007f",
        "\u0001"
    };

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static void agrees(String line) {
        byte[] bytes = bytes(line);
        MinerMessage any = V1Decoder.decodeAny(bytes, 0, bytes.length, DIFFICULTIES);
        assertThat(V1Decoder.decode(bytes, 0, bytes.length, DIFFICULTIES))
                .as(line)
                .isEqualTo(any);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                USUAL,
                "{\"params\": [\"addr.w\", \"1a\", \"0000002a\", \"66b2c3d4\", \"9f3c0001\", \"1fffe000\"], \"id\": 0,"
                        + " \"method\": \"mining.submit\"}\r",
                " {\"method\":\"mining.submit\",\"id\":123456789012345678,\"params\":[\"\",\"1A\",\"ABCDEF01\","
                        + "\"66B2C3D4\",\"0\"]} "
            })
    void readsWhatDevicesWrite(String line) {
        byte[] bytes = bytes(line);
        MinerMessage.Submit read = lines.read(bytes, 0, bytes.length, "");
        assertThat(read).isNotNull().isEqualTo(V1Decoder.decodeAny(bytes, 0, bytes.length, DIFFICULTIES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"4\",\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":null,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":04,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4.0,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"2a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"job\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\",\"2\",\"3\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",1]}",
                "{\"id\":4,\"id\":5,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"\\u0061\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"ä\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"x\":1,\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}}",
                "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\",]}",
                "{\"id\":4,\"method\":\"mining.authorize\",\"params\":[\"a\",\"1\",\"0000002a\",\"66b2c3d4\",\"1\"]}",
                "{\"id\":4,\"method\":\"mining.submit\"}",
                "{}",
                ""
            })
    void leavesTheRestToTheLongWay(String line) {
        byte[] bytes = bytes(line);
        assertThat(lines.read(bytes, 0, bytes.length, "")).isNull();
        agrees(line);
    }

    @Test
    void everyBeginningOfALineIsReadAlike() {
        for (int length = 0; length <= USUAL.length(); length++) {
            agrees(USUAL.substring(0, length));
        }
    }

    @Test
    void changedLinesAreReadAlike() {
        System.out.println("seed of changed lines: " + SEED);
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String line = changed(random);
            agrees(line);
            byte[] bytes = bytes(line);
            read += lines.read(bytes, 0, bytes.length, "") == null ? 0 : 1;
        }
        assertThat(read).as("lines that the short way reads").isGreaterThan(10_000);
    }

    /** A submit in any order and spacing, then, more often than not, some piece put in or some bytes changed or gone. */
    private static String changed(Random random) {
        String space = random.nextBoolean() ? "" : " ";
        List<String> fields = new ArrayList<>(List.of(
                "\"id\":" + space + random.nextInt(3000),
                "\"method\":" + space + "\"mining.submit\"",
                "\"params\":" + space + "[\"a.b\"," + space + "\"" + Integer.toHexString(random.nextInt())
                        + "\",\"%08x\",\"%08x\"".formatted(random.nextInt(), random.nextInt()) + ",\""
                        + Integer.toHexString(random.nextInt()) + "\"" + (random.nextBoolean() ? ",\"1fffe000\"" : "")
                        + "]"));
        Collections.shuffle(fields, random);
        StringBuilder line = new StringBuilder("{" + String.join("," + space, fields) + "}");
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(line.length());
            switch (random.nextInt(3)) {
                case 0 -> line.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> line.delete(at, Math.min(line.length() - 1, at + 1 + random.nextInt(4)));
                default -> line.setCharAt(at, (char) (32 + random.nextInt(96)));
            }
        }
        return line.toString();
    }

    @Test
    void takesTheUsualUserInsteadOfMakingTheNameAgain() {
        ByteBuf line = Unpooled.wrappedBuffer(bytes(USUAL));
        String usual = new String("addr.w".toCharArray());
        assertThat(V1Decoder.decode(line, DIFFICULTIES, usual))
                .isInstanceOfSatisfying(
                        MinerMessage.Submit.class,
                        submit -> assertThat(submit.user()).isSameAs(usual));
        assertThat(V1Decoder.decode(line, DIFFICULTIES, "addr.x"))
                .isInstanceOfSatisfying(
                        MinerMessage.Submit.class,
                        submit -> assertThat(submit.user()).isEqualTo("addr.w"));
        assertThat(line.readerIndex()).isZero();
    }

    /** The message and its id: a tree of the line would be two thousand bytes. */
    @Test
    void aSubmitTakesLittleHeap() {
        ByteBuf line = Unpooled.wrappedBuffer(bytes(USUAL));
        int count = 1_000;
        long least = WarmHeap.bytesOf(() -> decode(line, count), 99L * count) / count;
        System.out.println("bytes of heap a submit, decoded: " + least);
        assertThat(least).isLessThan(100);
    }

    private static void decode(ByteBuf line, int times) {
        int submits = 0;
        for (int i = 0; i < times; i++) {
            submits += V1Decoder.decode(line, DIFFICULTIES, "addr.w") instanceof MinerMessage.Submit ? 1 : 0;
        }
        assertThat(submits).isEqualTo(times);
    }
}
