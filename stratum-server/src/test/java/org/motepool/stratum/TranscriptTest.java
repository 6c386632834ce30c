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
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.motepool.core.time.FakeClock;

/** What real firmware sends, answered byte for byte; however the bytes are cut. */
class TranscriptTest {
    private static final int SEEDED_SPLITS = 8;

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
    void answersOnASocketTurnByTurn(Transcript transcript) throws Exception {
        try (StratumServer server = server();
                Socket socket = connect(server)) {
            BufferedReader in = reader(socket);
            for (Transcript.Turn turn : transcript.turns()) {
                socket.getOutputStream().write(turn.sent().getBytes(StandardCharsets.UTF_8));
                if (turn.hangsUp()) {
                    socket.shutdownOutput();
                }
                boolean closes =
                        turn.expected().stream().anyMatch(line -> line.token().equals(Transcript.CLOSED));
                List<String> lines = read(in, turn.expected().size(), closes);
                assertLines(firstLines(lines), turn.expected(), transcript.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersOnASocketInOneSegment(Transcript transcript) throws Exception {
        onSocket(transcript, left -> left, "one segment");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersOnASocketByteByByte(Transcript transcript) throws Exception {
        onSocket(transcript, left -> 1, "byte by byte");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersOnASocketHoweverItIsCut(Transcript transcript) throws Exception {
        long seed = System.nanoTime();
        for (int round = 0; round < SEEDED_SPLITS; round++) {
            Random random = new Random(seed + round);
            onSocket(transcript, left -> 1 + random.nextInt(Math.min(left, 200)), "seed " + (seed + round));
        }
    }

    private static StratumServer server() throws Exception {
        return StratumServer.start(
                ServerFixture.settings(),
                ServerFixture.parts(ServerFixture.chain(), new FakeShareLog(), new FakeClock(ServerFixture.SECOND)),
                ServerFixture.recordedWork());
    }

    private static Socket connect(StratumServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param piece the length of the next write, of so many bytes that are left */
    private static void onSocket(Transcript transcript, IntUnaryOperator piece, String how) throws Exception {
        try (StratumServer server = server();
                Socket socket = connect(server)) {
            byte[] sent = transcript.sent().getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < sent.length; ) {
                int length = piece.applyAsInt(sent.length - from);
                socket.getOutputStream().write(sent, from, length);
                from += length;
            }
            if (transcript.turns().getLast().hangsUp()) {
                socket.shutdownOutput();
            }
            List<String> lines = read(reader(socket), transcript.expected().size(), transcript.endsClosed());
            assertOrder(firstLines(lines), transcript, how);
        }
    }

    private static List<String> read(BufferedReader in, int wanted, boolean toTheEnd) throws IOException {
        List<String> lines = new ArrayList<>();
        while (toTheEnd || lines.size() < wanted) {
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
