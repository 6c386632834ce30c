package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** A whole connection: whatever comes in, cut anywhere, it goes on or is closed cleanly, and says only JSON lines. */
class ConnectionFuzzTest {
    private static final JsonFactory JSON = new JsonFactory();

    @FuzzTest
    void survivesAnyBytes(byte[] input) throws IOException {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            int cut = input.length == 0 ? 0 : 1 + (input[0] & 0xff) % 64;
            for (int from = Math.min(1, input.length); from < input.length; from += cut) {
                desk.sendBytes(Arrays.copyOfRange(input, from, Math.min(input.length, from + cut)));
            }
            desk.run();
            boolean http = false;
            for (String line : desk.lines()) {
                http |= line.startsWith("HTTP/1.1 400");
                if (!http && !line.equals(Transcript.CLOSED)) {
                    assertObject(line);
                }
            }
            assertThat(desk.metric("mote_stratum_connections_closed_total", "reason", "internal"))
                    .isZero();
        }
    }

    private static void assertObject(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }
}
