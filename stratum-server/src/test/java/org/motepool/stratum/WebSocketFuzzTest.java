package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A WebSocket connection: whatever request, bytes behind an upgrade, or frames come in, cut anywhere, what the pool says are
 * whole frames of one JSON object each, and nothing behind a close.
 */
class WebSocketFuzzTest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] UPGRADE = ("GET /mine HTTP/1.1\r\nHost: pool.example\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    /** The first byte says what the others are, and how long the pieces are in which they come. */
    @FuzzTest
    void survivesAnyBytes(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int piece = 1 + (input[0] & 0x3f);
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] >> 6) {
            case 0 -> talk(UPGRADE, rest, piece);
            case 1 -> talk(UPGRADE, frames(rest), piece);
            default -> talk("GET ".getBytes(StandardCharsets.US_ASCII), rest, piece);
        }
    }

    /** As a client masks them: head, length in two bytes and content of each are the input's. */
    private static byte[] frames(byte[] input) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int at = 0;
        while (at + 2 < input.length) {
            int length = Math.min((input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff, input.length - at - 3);
            frame(frames, input[at], Arrays.copyOfRange(input, at + 3, at + 3 + length));
            at += 3 + length;
        }
        return frames.toByteArray();
    }

    private static void frame(ByteArrayOutputStream out, byte head, byte[] content) {
        out.write(head);
        if (content.length < 126) {
            out.write(0x80 | content.length);
        } else {
            out.write(0x80 | 126);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        byte[] mask = {0x11, 0x22, 0x33, 0x44};
        out.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            out.write(content[i] ^ mask[i % mask.length]);
        }
    }

    private static void talk(byte[] beginning, byte[] bytes, int piece) throws IOException {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            desk.sendBytes(beginning);
            for (int from = 0; from < bytes.length; from += piece) {
                desk.sendBytes(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
            }
            desk.run();
            assertSaid(sent(desk));
            // The peer leaves, in the middle of anything.
            var _ = desk.channel.close();
            desk.run();
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "internal"))
                    .isZero();
        }
    }

    private static byte[] sent(EmbeddedDesk desk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuf part = desk.channel.readOutbound(); part != null; part = desk.channel.readOutbound()) {
            out.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
        }
        return out.toByteArray();
    }

    private static void assertSaid(byte[] sent) throws IOException {
        String text = new String(sent, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("HTTP/1.1 101 ")) {
            assertThat(text).matches("(?s)|HTTP/1\\.1 4\\d\\d .*");
            return;
        }
        int at = text.indexOf("\r\n\r\n") + 4;
        boolean closed = false;
        while (at < sent.length) {
            assertThat(closed).as("nothing behind a close").isFalse();
            int head = sent[at] & 0xff;
            int length = sent[at + 1] & 0xff;
            at += 2;
            assertThat(length).as("a server masks nothing, and says little").isLessThanOrEqualTo(126);
            if (length == 126) {
                length = (sent[at] & 0xff) << 8 | sent[at + 1] & 0xff;
                at += 2;
            }
            assertThat(at + length).as("a whole frame").isLessThanOrEqualTo(sent.length);
            assertThat(head).isIn(TEXT, CLOSE, PING, PONG);
            closed = head == CLOSE;
            if (head == TEXT) {
                assertObject(Arrays.copyOfRange(sent, at, at + length));
            }
            at += length;
        }
    }

    private static void assertObject(byte[] line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }
}
