package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.motepool.core.time.FakeClock;

/** What real firmware sends, answered byte for byte; however the bytes are cut. */
class TranscriptTest {
    static Stream<Transcript> transcripts() {
        return Transcript.all().stream();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersTurnByTurn(Transcript transcript) {
        try (EmbeddedDesk desk = new EmbeddedDesk()) {
            for (Transcript.Turn turn : transcript.turns()) {
                desk.send(turn.sent());
                desk.run();
                if (turn.hangsUp()) {
                    var _ = desk.channel.close();
                }
                assertLines(firstLines(desk.lines()), turn.expected(), transcript.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersTheSameWhereverTheBytesAreSplit(Transcript transcript) {
        byte[] sent = transcript.sent().getBytes(StandardCharsets.UTF_8);
        for (int split = 0; split <= sent.length; split++) {
            try (EmbeddedDesk desk = new EmbeddedDesk()) {
                desk.sendBytes(Arrays.copyOfRange(sent, 0, split));
                desk.sendBytes(Arrays.copyOfRange(sent, split, sent.length));
                desk.run();
                if (transcript.turns().getLast().hangsUp()) {
                    var _ = desk.channel.close();
                }
                assertOrder(firstLines(desk.lines()), transcript, "split at " + split);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersOnASocketInOneSegment(Transcript transcript) throws Exception {
        onSocket(transcript, transcript.sent().length());
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersOnASocketByteByByte(Transcript transcript) throws Exception {
        onSocket(transcript, 1);
    }

    private static void onSocket(Transcript transcript, int chunk) throws Exception {
        try (StratumServer server = StratumServer.start(
                        ServerFixture.settings(),
                        ServerFixture.parts(
                                ServerFixture.chain(), new FakeShareLog(), new FakeClock(ServerFixture.SECOND)),
                        ServerFixture.recordedWork());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(5_000);
            byte[] sent = transcript.sent().getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < sent.length; from += chunk) {
                socket.getOutputStream().write(sent, from, Math.min(chunk, sent.length - from));
            }
            if (transcript.turns().getLast().hangsUp()) {
                socket.shutdownOutput();
            }
            assertOrder(firstLines(read(socket, transcript)), transcript, "chunks of " + chunk);
        }
    }

    private static List<String> read(Socket socket, Transcript transcript) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        int wanted = transcript.expected().size();
        while (transcript.endsClosed() || lines.size() < wanted) {
            StringBuilder line = new StringBuilder();
            int c = in.read();
            for (; c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            if (c < 0) {
                lines.add(Transcript.CLOSED);
                break;
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Of an HTTP answer, the status line alone. */
    private static List<String> firstLines(List<String> lines) {
        List<String> kept = new ArrayList<>();
        boolean http = false;
        for (String line : lines) {
            if (!http || line.equals(Transcript.CLOSED)) {
                kept.add(line);
            }
            http |= line.startsWith("HTTP/");
        }
        return kept;
    }

    private static void assertLines(List<String> lines, List<Transcript.Expected> expected, String where) {
        assertThat(lines).as(where).hasSameSizeAs(expected);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i))
                    .as("%s, line %d", where, i)
                    .matches(expected.get(i).pattern());
        }
    }

    /** Replies in request order; notifications in theirs, once both the subscribe and the authorize reply are out. */
    private static void assertOrder(List<String> lines, Transcript transcript, String where) {
        String as = transcript.name() + ", " + where;
        List<String> replies =
                lines.stream().filter(line -> !isNotification(line)).toList();
        List<String> notifications =
                lines.stream().filter(TranscriptTest::isNotification).toList();
        List<Transcript.Expected> expected = transcript.expected();
        assertLines(replies, expected.stream().filter(e -> !e.notification()).toList(), as);
        assertLines(
                notifications, expected.stream().filter(e -> e.notification()).toList(), as);
        if (!notifications.isEmpty()) {
            int before = lines.indexOf(notifications.getFirst());
            long repliesNeeded = expected.stream()
                    .takeWhile(e -> !e.notification())
                    .filter(e -> e.token().startsWith("SUB"))
                    .count();
            assertThat(lines.subList(0, before).stream().filter(line -> line.contains("mining.notify")))
                    .as(as)
                    .hasSize((int) repliesNeeded);
            assertThat(lines.get(before + 1)).as(as).isEqualTo(notifications.get(1));
        }
    }

    private static boolean isNotification(String line) {
        return line.startsWith("{\"id\":null,\"method\"");
    }
}
