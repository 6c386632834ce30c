package org.motepool.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.motepool.core.address.PayoutAddress;
import org.motepool.store.Blocks;

/** Reads the stream of events as it travels. */
class EventsTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final FakeStore store = Sample.store();
    private final CollectorRegistry registry = new CollectorRegistry();
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        server = DashboardServer.start(Sample.settings(0), store, new RunningClock(), registry);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** One reader; lines of a chunked answer, without the chunks' sizes. */
    private final class Reader implements AutoCloseable {
        final List<String> seen = new ArrayList<>();
        private final Socket socket = new Socket();
        private final BufferedReader lines;

        Reader(String query, int receiveBuffer) throws IOException {
            socket.setReceiveBufferSize(receiveBuffer);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.setSoTimeout(PATIENCE_MILLIS);
            String ask = "GET /api/events" + query + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                    + "Accept-Encoding: gzip\r\n\r\n";
            socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Reads until a line begins so, and returns that line. */
        String until(String beginning) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.add(line);
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            throw new IOException("the stream ended before " + beginning);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aNewReaderGetsWhatStandsAndThenWhatChanges() throws Exception {
        try (Reader reader = new Reader("", 65_536)) {
            reader.until("event: pool");
            assertThat(reader.until("data: ")).contains("\"devices\":24");
            assertThat(String.join("\n", reader.seen).toLowerCase(Locale.ROOT))
                    .contains("content-type: text/event-stream", "retry: 5000", "id: ")
                    .doesNotContain("gzip");
            reader.until("event: job");

            store.blocks.add(Sample.block(900_002, Blocks.State.IMMATURE, Sample.address(3), Sample.NOW));
            reader.until("event: block");
            assertThat(reader.until("data: "))
                    .contains("\"height\":900002")
                    .contains("\"new\":1")
                    .doesNotContain(Sample.address(3).canonical());
        }
    }

    @Test
    void aReaderWhoComesBackIsToldTheBlocksThatItMissed() throws Exception {
        long id;
        try (Reader reader = new Reader("", 65_536)) {
            id = Long.parseLong(reader.until("id: ").substring("id: ".length()));
            reader.until("event: job");
            store.blocks.add(Sample.block(900_002, Blocks.State.IMMATURE, Sample.address(3), Sample.NOW));
            reader.until("event: block");
        }
        try (Reader again = new Reader("?after=" + id, 65_536)) {
            again.until("event: block");
            assertThat(again.until("data: ")).contains("\"height\":900002");
        }
    }

    @Test
    void onlyWhoAsksForAnAccountIsToldOfIt() throws Exception {
        PayoutAddress one = Sample.address(1);
        try (Reader own = new Reader("?address=" + one, 65_536);
                Reader other = new Reader("", 65_536)) {
            own.until("event: worker");
            assertThat(own.until("data: "))
                    .contains("\"address\":\"" + one + "\"")
                    .contains("\"online\":3");
            other.until("event: job");
            store.blocks.add(Sample.block(900_002, Blocks.State.IMMATURE, Sample.address(3), Sample.NOW));
            other.until("event: block");
            assertThat(other.seen).noneMatch(line -> line.contains("worker\",") || line.startsWith("event: worker"));
        }
        try (Web web = new Web(server.port())) {
            assertThat(web.get("/api/events?address=nonsense").statusCode()).isEqualTo(400);
            assertThat(web.ask("POST", "/api/events").statusCode()).isEqualTo(405);
        }
    }

    /** Thousands of pages that nobody touches. The descriptors of this process bound it: both ends are here. */
    @Test
    @Tag("soak")
    void fiveThousandIdleStreamsAreHeld() throws Exception {
        List<Reader> readers = new ArrayList<>();
        try {
            System.gc();
            long before = used();
            for (int i = 0; i < 5_000; i++) {
                readers.add(new Reader("", 4_096));
            }
            for (Reader reader : readers) {
                reader.until("event: pool");
            }
            System.gc();
            System.out.printf("5,000 streams: %,d bytes of heap each, both ends%n", (used() - before) / 5_000);
            assertThat(registry.getSampleValue("mote_sse_streams")).isEqualTo(5_000);
            store.blocks.add(Sample.block(900_002, Blocks.State.IMMATURE, Sample.address(3), Sample.NOW));
            long told = System.nanoTime();
            for (Reader reader : readers) {
                reader.until("event: block");
            }
            System.out.printf("all told of a block within %d ms%n", (System.nanoTime() - told) / 1_000_000);
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
