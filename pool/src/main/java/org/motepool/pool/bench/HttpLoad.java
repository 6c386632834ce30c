package org.motepool.pool.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.motepool.core.time.PoolClock;

/**
 * Requests to a pool's API at a fixed rate, as pages, boards and tools make them: the pool's sums, and accounts in turn.
 *
 * @param port on this machine
 * @param perSecond due, whatever becomes of those before
 * @param addresses of accounts
 */
public record HttpLoad(int port, int perSecond, List<String> addresses) {
    /** Each asks again when it is answered, so that many may be under way. */
    private static final int CONNECTIONS = 32;

    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int BODY_BYTES_MAX = 8 << 20;
    private static final int READ_MILLIS_MAX = 10_000;
    private static final int KINDS = 4;
    private static final int KNOWN_MILLIS_MAX = 10_000;
    private static final int KNOWN_POLL_MILLIS = 100;

    public HttpLoad {
        addresses = List.copyOf(addresses);
    }

    /** Begins when the pool's pages know the accounts, or after ten seconds: what they know is a second or two late. */
    public Running start(PoolClock clock) throws InterruptedException {
        long end = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(KNOWN_MILLIS_MAX);
        while (!addresses.stream().allMatch(this::isKnown) && clock.nanos() < end) {
            TimeUnit.MILLISECONDS.sleep(KNOWN_POLL_MILLIS);
        }
        return new Running(this, clock);
    }

    private boolean isKnown(String address) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(READ_MILLIS_MAX);
            socket.getOutputStream().write(request(account(address)));
            return readOk(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return false;
        }
    }

    private static String account(String address) {
        return "/api/v1/accounts/" + address;
    }

    /** Load that runs until it is stopped. */
    public static final class Running {
        private final HttpLoad load;
        private final PoolClock clock;
        private final AtomicBoolean isStopped = new AtomicBoolean();
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
        private final List<Thread> threads = new ArrayList<>();
        private final long start;

        private Running(HttpLoad load, PoolClock clock) {
            this.load = load;
            this.clock = clock;
            start = clock.nanos();
            for (int i = 0; i < CONNECTIONS; i++) {
                threads.add(Thread.ofVirtual().name("load-http-", i).start(this::connect));
            }
        }

        private void connect() {
            while (!isStopped.get()) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), load.port)) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(READ_MILLIS_MAX);
                    ask(socket, new BufferedInputStream(socket.getInputStream()));
                } catch (IOException e) {
                    failed.incrementAndGet();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void ask(Socket socket, InputStream in) throws IOException, InterruptedException {
            while (!isStopped.get()) {
                long number = next.getAndIncrement();
                long due = start + (long) (number * 1e9 / load.perSecond);
                long early = due - clock.nanos();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                socket.getOutputStream().write(load.request(number));
                if (!readOk(in)) {
                    failed.incrementAndGet();
                }
                latency.recordValue(Math.clamp(clock.nanos() - due, 0, latency.getHighestTrackableValue()));
            }
        }

        /** Ends the load and tells what came of it. */
        public HttpReplies stop() throws InterruptedException {
            long nanos = clock.nanos() - start;
            isStopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            return new HttpReplies(latency.getTotalCount(), failed.get(), nanos, latency.copy());
        }
    }

    private byte[] request(long number) {
        String path = switch ((int) (number % KINDS)) {
            case 0 -> "/api/v1/pool";
            case 1 -> "/api/pool";
            case 2 -> "/api/client/" + address(number);
            default -> account(address(number));
        };
        return request(path);
    }

    private byte[] request(String path) {
        String text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String address(long number) {
        return addresses.get((int) (number / KINDS % addresses.size()));
    }

    private static boolean readOk(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int b = in.read();
            if (b < 0 || head.length() > HEADER_BYTES_MAX) {
                throw new IOException("no answer");
            }
            head.append((char) b);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length:");
        if (at < 0) {
            throw new IOException("an answer without length");
        }
        int length = Integer.parseInt(lower.substring(at + "content-length:".length(), lower.indexOf('\r', at))
                .strip());
        if (length > BODY_BYTES_MAX) {
            throw new IOException("an answer of " + length + " bytes");
        }
        in.skipNBytes(length);
        return lower.startsWith("http/1.1 200 ");
    }
}
