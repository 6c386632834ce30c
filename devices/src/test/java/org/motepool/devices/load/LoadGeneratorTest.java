package org.motepool.devices.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.PoolClock;

/** Against a pool of a few lines that orders its fields as the test says. */
class LoadGeneratorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int CONNECTIONS = 7;
    private static final String NOTIFY_FIRST =
            "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"%s\",\"%s\",\"01\",\"02\",[\"aa\",\"bb\"],"
                    + "\"20000000\",\"1d00ffff\",\"66b2c3d4\",true],\"padding\":\"" + "0".repeat(300) + "\"}\n";
    private static final String NOTIFY_LAST =
            "{\"params\": [\"%s\", \"%s\", \"01\", \"02\", [\"aa\", \"" + "b".repeat(300)
                    + "\"], \"20000000\", \"1d00ffff\", \"66b2c3d4\", true], \"id\": null, \"method\": \"mining.notify\"}\n";

    private final Queue<String> submits = new ConcurrentLinkedQueue<>();
    private final Set<String> shares = ConcurrentHashMap.newKeySet();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    LoadGeneratorTest() throws IOException {}

    /** Serves until closed; {@code reply} makes an answer of a request's id. */
    private LoadGenerator against(Function<String, String> reply, String notify) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> serve(socket, reply, notify));
                }
            } catch (IOException e) {
                assertThat(listening.isClosed()).isTrue();
            }
        });
        return new LoadGenerator(
                new LoadSettings(
                        "127.0.0.1",
                        listening.getLocalPort(),
                        CONNECTIONS,
                        List.of("a.1", "a.2"),
                        1,
                        List.of(),
                        LoadSettings.AGENT),
                PoolClock.SYSTEM);
    }

    private void serve(Socket socket, Function<String, String> reply, String notify) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String id = line.replaceFirst("\\{\"id\":(\\d+),.*", "$1");
                String said;
                if (line.contains("mining.subscribe")) {
                    said = "{\"id\":" + id + ",\"result\":[[],\"00000001\",4],\"error\":null}\n";
                } else if (line.contains("mining.authorize")) {
                    said = reply.apply(id) + notify.formatted("j1", "00".repeat(32));
                } else {
                    submits.add(line);
                    shares.add(sockets.indexOf(socket) + line.replaceFirst(".*params", ""));
                    said = reply.apply(id);
                }
                out.write(said.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void measures(Function<String, String> reply, String notify, boolean accepted) throws Exception {
        try (LoadGenerator generator = against(reply, notify)) {
            Arrival arrival = generator.arrive(PATIENCE);
            assertThat(arrival.authorized()).isEqualTo(CONNECTIONS);
            assertThat(arrival.lost()).isZero();
            Replies closed = generator.closedLoop(SHORT, SHORT, () -> 0);
            assertThat(closed.answered()).isPositive();
            assertThat(closed.accepted()).isEqualTo(accepted ? closed.answered() : 0);
            assertThat(closed.latencyMillis(0.5)).isPositive().isLessThan(10_000);
            int before = submits.size();
            Replies open = generator.openLoop(500, SHORT, SHORT, () -> 0);
            assertThat(open.answered()).isPositive();
            assertThat(submits.size() - before).isBetween(50, 10_000);
        }
        assertThat(shares).as("no two shares of a connection alike").hasSameSizeAs(submits);
        assertThat(submits.peek())
                .matches("\\{\"id\":3,\"method\":\"mining.submit\",\"params\":\\[\"a\\.[12]\",\"j1\",\"[0-9a-f]{8}\","
                        + "\"66b2c3d4\",\"00000000\"]}");
    }

    @Test
    void countsRepliesOfAPoolThatPutsTheIdFirst() throws Exception {
        measures(id -> "{\"id\":" + id + ",\"result\":true,\"error\":null}\n", NOTIFY_FIRST, true);
    }

    @Test
    void countsRepliesOfAPoolThatPutsTheIdLast() throws Exception {
        measures(id -> "{\"result\": true, \"error\": null, \"id\": " + id + "}\n", NOTIFY_LAST, true);
    }

    @Test
    void tellsRefusedSharesFromAcceptedOnes() throws Exception {
        measures(
                id -> id.equals("2")
                        ? "{\"id\":2,\"result\":true,\"error\":null}\n"
                        : "{\"id\":" + id + ",\"result\":null,\"error\":[23,\"Low difficulty share\",null]}\n",
                NOTIFY_FIRST,
                false);
    }

    @Test
    void seesWhenANewTipHasReachedAll() throws Exception {
        try (LoadGenerator generator =
                against(id -> "{\"id\":" + id + ",\"result\":true,\"error\":null}\n", NOTIFY_LAST)) {
            assertThat(generator.arrive(PATIENCE).authorized()).isEqualTo(CONNECTIONS);
            assertThat(generator.fanOuts()).isEmpty();
            for (Socket socket : sockets) {
                socket.getOutputStream()
                        .write(NOTIFY_LAST.formatted("j2", "11".repeat(32)).getBytes(StandardCharsets.UTF_8));
            }
            while (generator.fanOuts().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(generator.fanOuts()).singleElement().satisfies(tip -> {
                assertThat(tip.connections()).isEqualTo(CONNECTIONS);
                assertThat(tip.nanos()).isNotNegative();
            });
        }
    }

    @Test
    void rehearsesWithAStandInAsOftenAsWanted() throws Exception {
        try (Rehearsal standIn = new Rehearsal()) {
            LoadSettings load = new LoadSettings(
                            "127.0.0.1", 1, CONNECTIONS, List.of("a.1"), 1, List.of(), LoadSettings.AGENT)
                    .to(standIn.port());
            for (int i = 0; i < 2; i++) {
                try (LoadGenerator generator = new LoadGenerator(load, PoolClock.SYSTEM)) {
                    Arrival arrival = generator.arrive(PATIENCE);
                    assertThat(arrival.authorized()).isEqualTo(CONNECTIONS);
                    assertThat(arrival.lost()).isZero();
                }
            }
        }
    }

    @Test
    void tellsWhyNobodyWasAuthorized() throws Exception {
        try (LoadGenerator generator =
                against(id -> "{\"id\":" + id + ",\"result\":false,\"error\":[24,\"no\",null]}\n", NOTIFY_FIRST)) {
            assertThat(generator.arrive(Duration.ofMillis(500)).authorized()).isZero();
            assertThat(generator.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("authorize a."));
        }
    }
}
