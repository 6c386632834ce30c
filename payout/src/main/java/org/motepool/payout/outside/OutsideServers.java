package org.motepool.payout.outside;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;

/**
 * Asks servers that are anybody's: no redirect is followed, an answer is at most {@value #BODY_BYTES_MAX}
 * bytes and has to be there in time, and whom one connects to is the {@link Connector}'s to allow. Thread-safe.
 */
public final class OutsideServers {
    public static final int BODY_BYTES_MAX = 64 << 10;
    private static final int LINE_BYTES_MAX = 4096;
    private static final int HEADERS_MAX = 100;
    private static final int STEP_MILLIS = 10_000;
    private static final Duration WHOLE = Duration.ofSeconds(20);
    private static final int HTTPS = 443;
    private static final int OK = 200;
    private static final int MORE = 300;

    private final Connector connector;
    private final PoolClock clock;

    public OutsideServers(Connector connector, PoolClock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    /** Opens the way to a host. */
    public interface Connector {
        /** @param millis for the connection, and then for each read */
        Socket connect(String host, int port, int millis) throws IOException;
    }

    /** The body of a plain GET; throws unless the server answers 200. */
    public byte[] get(URI url) throws IOException {
        Answer answer = ask("GET", url, Map.of("Accept", "application/json"), new byte[0]);
        if (answer.status != OK) {
            throw new IOException("it answers " + answer.status + ", redirects are not followed");
        }
        return answer.body.toArray();
    }

    /**
     * Posts a body, and throws unless the server answers with a status from 200 to 299.
     *
     * @param headers of ASCII, one line each
     */
    public void post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        Answer answer = ask("POST", url, headers, body);
        if (answer.status < OK || answer.status >= MORE) {
            throw new IOException("it answers " + answer.status + ", redirects are not followed");
        }
    }

    private Answer ask(String method, URI url, Map<String, String> headers, byte[] body) throws IOException {
        String host = url.getHost();
        if (!"https".equals(url.getScheme()) || host == null || url.getRawUserInfo() != null) {
            throw new IOException("a stranger's server is asked by https://HOST/…");
        }
        int port = url.getPort() < 0 ? HTTPS : url.getPort();
        long end = clock.nanos() + WHOLE.toNanos();
        try (Socket socket = connector.connect(host, port, STEP_MILLIS)) {
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            StringBuilder head = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\nHost: " + host
                    + (port == HTTPS ? "" : ":" + port) + "\r\nUser-Agent: motepool\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(plain(value)).append("\r\n"));
            if (body.length > 0) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            head.append("\r\n");
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return new Reading(new BufferedInputStream(socket.getInputStream()), end).read(method.equals("GET"));
        } catch (NumberFormatException e) {
            throw new IOException("it answers with a number that is none", e);
        }
    }

    /** Nothing in a header ends its line. */
    private static String plain(String value) {
        return value.replaceAll("[^ -~]", " ");
    }

    private record Answer(int status, Bytes body) {}

    /** One answer, read within bounds. */
    private final class Reading {
        private final InputStream in;
        private final long end;

        Reading(InputStream in, long end) {
            this.in = in;
            this.end = end;
        }

        Answer read(boolean wanted) throws IOException {
            String[] status = line().split(" ", 3);
            if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
                throw new IOException("it does not speak HTTP/1.1");
            }
            int code = Integer.parseInt(status[1]);
            if (code != OK || !wanted) {
                // Its body is of no interest.
                return new Answer(code, Bytes.EMPTY);
            }
            int length = -1;
            boolean chunked = false;
            int headers = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (++headers > HEADERS_MAX) {
                    throw new IOException("it sends more than " + HEADERS_MAX + " headers");
                }
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(
                            lower.substring("content-length:".length()).strip());
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = lower.contains("chunked");
                }
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (chunked) {
                for (int size = chunk(); size > 0; size = chunk()) {
                    take(size, body);
                    line();
                }
            } else {
                take(length, body);
            }
            return new Answer(code, Bytes.copyOf(body.toByteArray()));
        }

        private int chunk() throws IOException {
            int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            if (size < 0) {
                throw new IOException("it sends a chunk of " + size + " bytes");
            }
            return size;
        }

        /** @param length -1 up to the end */
        private void take(int length, ByteArrayOutputStream body) throws IOException {
            byte[] buffer = new byte[4096];
            int left = length < 0 ? Integer.MAX_VALUE : length;
            while (left > 0) {
                int count = in.read(buffer, 0, Math.min(left, buffer.length));
                if (count < 0) {
                    if (length < 0) {
                        return;
                    }
                    throw new EOFException("its answer ends early");
                }
                requireTime();
                body.write(buffer, 0, count);
                left -= count;
                if (body.size() > BODY_BYTES_MAX) {
                    throw new IOException("its answer is longer than " + BODY_BYTES_MAX + " bytes");
                }
            }
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("its answer ends early");
                }
                if (line.size() >= LINE_BYTES_MAX) {
                    throw new IOException("it sends a line longer than " + LINE_BYTES_MAX + " bytes");
                }
                line.write(next);
                requireTime();
            }
            return line.toString(StandardCharsets.ISO_8859_1).strip();
        }

        private void requireTime() throws IOException {
            if (clock.nanos() > end) {
                throw new IOException("it takes longer than " + WHOLE.toSeconds() + " s");
            }
        }
    }
}
