package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** WebSocket without a socket: the bytes themselves, cut anywhere, and time. */
class WebSocketDeskTest {
    private static final String UPGRADE =
            "GET /mine HTTP/1.1\r\nHost: pool.example\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    /** As a client sends it: masked, short. */
    private static byte[] frame(int head, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        if (bytes.length < 126) {
            out.write(0x80 | bytes.length);
        } else {
            out.write(0x80 | 126);
            out.write(bytes.length >> 8);
            out.write(bytes.length);
        }
        byte[] mask = {0x11, 0x22, 0x33, 0x44};
        out.writeBytes(mask);
        for (int i = 0; i < bytes.length; i++) {
            out.write(bytes[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }

    /** What follows the upgrade, which a client waits for. */
    private static byte[] conversation() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(TEXT, "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"phone\"]}"));
        out.writeBytes(frame(PING, "?"));
        out.writeBytes(frame(TEXT, ""));
        out.writeBytes(frame(
                TEXT,
                "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + ServerFixture.USER + "\",\"x\"]}\n"));
        out.writeBytes(frame(
                TEXT,
                "{\"id\":3,\"method\":\"mining.submit\",\"params\":[\"" + ServerFixture.USER
                        + "\",\"1f\",\"00000001\",\"66b2c3d4\",\"da5d0af0\"]}"));
        return out.toByteArray();
    }

    private static byte[] sent(EmbeddedDesk desk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object sent = desk.channel.readOutbound(); sent != null; sent = desk.channel.readOutbound()) {
            if (!(sent instanceof ByteBuf part)) {
                throw new AssertionError("sent unencoded: " + sent + " by "
                        + desk.channel.pipeline().names());
            }
            byte[] bytes = new byte[part.readableBytes()];
            part.readBytes(bytes);
            part.release();
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /** Texts of the server's frames; others as their first byte in hex. */
    private static List<String> frames(byte[] bytes, int from) {
        List<String> frames = new ArrayList<>();
        int at = from;
        while (at < bytes.length) {
            int head = bytes[at] & 0xff;
            int length = bytes[at + 1] & 0xff;
            at += 2;
            if (length == 126) {
                length = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
                at += 2;
            }
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            frames.add(head == TEXT ? text : Integer.toHexString(head) + text);
            at += length;
        }
        return frames;
    }

    private static void assertConversation(byte[] sent, String as) {
        String text = new String(sent, StandardCharsets.ISO_8859_1);
        assertThat(text).as(as).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        List<String> frames = frames(sent, text.indexOf("\r\n\r\n") + 4);
        List<String> lines = frames.stream().filter(one -> one.startsWith("{")).toList();
        assertThat(frames).as(as).contains(Integer.toHexString(PONG) + "?");
        assertThat(lines).as(as).hasSize(5);
        assertThat(lines.get(0)).as(as).startsWith("{\"id\":1,");
        assertThat(lines.subList(1, 5))
                .as(as)
                .containsExactlyInAnyOrder(
                        "{\"id\":2,\"result\":true,\"error\":null}",
                        ServerFixture.DIFF,
                        ServerFixture.JOB,
                        lines.stream()
                                .filter(one -> one.startsWith("{\"id\":3,"))
                                .findFirst()
                                .orElseThrow());
    }

    @Test
    void saysTheSameWhereverTheBytesAreSplit() {
        byte[] bytes = conversation();
        for (int split = 0; split <= bytes.length; split++) {
            try (EmbeddedDesk desk = new EmbeddedDesk()) {
                int cut = split % (UPGRADE.length() + 1);
                desk.send(UPGRADE.substring(0, cut));
                desk.send(UPGRADE.substring(cut));
                desk.sendBytes(Arrays.copyOfRange(bytes, 0, split));
                desk.sendBytes(Arrays.copyOfRange(bytes, split, bytes.length));
                desk.run();
                assertConversation(sent(desk), "split at " + split);
            }
        }
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            for (int i = 0; i < UPGRADE.length(); i++) {
                desk.send(UPGRADE.substring(i, i + 1));
            }
            for (byte one : bytes) {
                desk.sendBytes(new byte[] {one});
            }
            desk.run();
            assertConversation(sent(desk), "byte by byte");
        }
    }

    @Test
    void pingsAPeerToWhichItHasSaidNothingFor30Seconds() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(UPGRADE);
            desk.run();
            sent(desk);
            desk.channel.advanceTimeBy(26, TimeUnit.SECONDS);
            desk.run();
            assertThat(frames(sent(desk), 0)).isEmpty();
            desk.run();
            desk.run();
            assertThat(frames(sent(desk), 0)).containsExactly(Integer.toHexString(PING));
        }
    }

    @Test
    void takesAPeerThatLeavesInTheMiddleOfAMessageForOneThatLeft() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(UPGRADE);
            desk.sendBytes(frame(0x01, "{\"id\":1,"));
            desk.run();
            var _ = desk.channel.close();
            desk.run();
            sent(desk);
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "peer"))
                    .isEqualTo(1);
        }
    }

    /** Its lines are frames: an answer of HTTP inside one would be read by nobody. */
    @Test
    void takesARequestInAFrameForALineThatIsNoStratum() {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.send(UPGRADE);
            desk.run();
            sent(desk);
            desk.sendBytes(frame(TEXT, "GET / HTTP/1.1"));
            desk.run();
            byte[] sent = sent(desk);
            assertThat(sent[0] & 0xff).isEqualTo(CLOSE);
            assertThat((sent[2] & 0xff) << 8 | sent[3] & 0xff)
                    .as("policy violation")
                    .isEqualTo(1008);
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "not_stratum"))
                    .isEqualTo(1);
        }
    }

    @Test
    void neverFailsItselfWhateverBytesCome() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(conversation());
        byte[] good = all.toByteArray();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (EmbeddedDesk desk = new EmbeddedDesk()) {
                desk.sendBytes(Arrays.copyOf(bytes, UPGRADE.length()));
                desk.sendBytes(Arrays.copyOfRange(bytes, UPGRADE.length(), bytes.length - random.nextInt(100)));
                desk.run();
                sent(desk);
                assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "internal"))
                        .as("seed %d, round %d", seed, i)
                        .isZero();
            }
        }
    }
}
