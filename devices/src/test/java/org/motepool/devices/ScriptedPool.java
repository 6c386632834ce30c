package org.motepool.devices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A pool that does what the test says, on a real socket. */
final class ScriptedPool implements AutoCloseable {
    static final int WAIT_SECONDS_MAX = 15;

    private static final String END = "\u0000end";
    private final ServerSocket server;
    private final BlockingQueue<Session> sessions = new ArrayBlockingQueue<>(4_096);

    ScriptedPool() throws IOException {
        server = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("scripted-pool").start(this::acceptAll);
    }

    private void acceptAll() {
        try {
            while (true) {
                sessions.add(new Session(server.accept()));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    Session session() throws InterruptedException {
        return Optional.ofNullable(sessions.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("no device dialled"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One device's link. */
    static final class Session implements AutoCloseable {
        private final Socket socket;
        private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(65_536);

        Session(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            Thread.ofVirtual().name("scripted-session").start(this::readAll);
        }

        private void readAll() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException lost) {
                // Ends as a closed link does.
            }
            lines.add(END);
        }

        /** The next line of the device. */
        String line() throws InterruptedException {
            String line = next();
            if (line.equals(END)) {
                throw new AssertionError("the device closed its link");
            }
            return line;
        }

        /** A line that is here already. */
        Optional<String> lineIfAny() {
            return Optional.ofNullable(lines.poll());
        }

        /** Waits until the device closes, whatever it still says. */
        void awaitEnd() throws InterruptedException {
            while (!next().equals(END)) {
                // Shares on the way.
            }
        }

        private String next() throws InterruptedException {
            return Optional.ofNullable(lines.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("the device said nothing"));
        }

        Session send(String... texts) {
            try {
                for (String text : texts) {
                    socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
                }
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
