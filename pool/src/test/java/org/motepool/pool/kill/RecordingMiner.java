package org.motepool.pool.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;

/**
 * One plain Stratum connection that really mines, and writes down which shares it sent and which were answered {@code true}:
 * the witness of what the pool promised.
 */
public final class RecordingMiner implements AutoCloseable {
    /** As many as the pool lets wait, less one. */
    private static final int IN_FLIGHT_MAX = 60;

    private static final int NONCE_OFFSET = 76;

    private final String host;
    private final int port;
    private final String user;
    private final PowShift shift;
    private final Socket socket = new Socket();
    private final Map<Integer, ShareKey> inFlight = new ConcurrentHashMap<>();
    private final Set<ShareKey> sent = ConcurrentHashMap.newKeySet();
    private final Set<ShareKey> answered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger rejected = new AtomicInteger();
    private final Semaphore slots = new Semaphore(IN_FLIGHT_MAX);
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Work work;
    private volatile boolean running = true;
    private volatile String extranonce1 = "";
    private volatile Level announced = Level.MIN;
    private volatile int sharesPerTip = Integer.MAX_VALUE;
    private volatile boolean paused;
    // Below: the hasher's own.
    private final List<Found> burst = new ArrayList<>();
    private Hash256 tip = Hash256.ZERO;
    private int foundOnTip;
    private int lastId = 10;

    /** What tells a share from every other. */
    public record ShareKey(int jobNumber, Bytes extranonces, int ntime, int nonce, int version) {}

    private record Work(Job job, String jobId, Level level) {}

    private record Found(Work work, ShareKey key) {}

    public RecordingMiner(String host, int port, String user, PowShift shift) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.shift = shift;
    }

    /** Connects, subscribes, authorizes and begins to mine. */
    public RecordingMiner start() throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), 5_000);
        socket.setTcpNoDelay(true);
        threads.add(Thread.ofPlatform().name("miner-reader").start(this::read));
        send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"witness/1\"]}");
        send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + user + "\",\"x\"]}");
        threads.add(Thread.ofPlatform().name("miner-hasher").start(this::mine));
        return this;
    }

    public Set<ShareKey> sent() {
        return sent;
    }

    public Set<ShareKey> answered() {
        return answered;
    }

    public int rejected() {
        return rejected.get();
    }

    public Level level() {
        return announced;
    }

    /** From now on so many shares for each tip, sent together; then it waits for the next tip. */
    public RecordingMiner sharesPerTip(int shares) {
        sharesPerTip = shares;
        return this;
    }

    /** Stops hashing; replies that are under way are still written down. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    /** Waits until nothing is in flight; false when the time is over first. */
    public boolean awaitReplies(long millis) throws InterruptedException {
        boolean all = slots.tryAcquire(IN_FLIGHT_MAX, millis, TimeUnit.MILLISECONDS);
        if (all) {
            slots.release(IN_FLIGHT_MAX);
        }
        return all;
    }

    private synchronized void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void read() {
        JsonMapper json = new JsonMapper();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                handle(json.readTree(line));
            }
        } catch (IOException e) {
            // The pool was killed or we are closed: what was answered is written down.
        }
    }

    private void handle(JsonNode message) {
        switch (message.path("method").asText("")) {
            case "mining.set_difficulty" ->
                announced = ProofOfWork.SHA256D
                        .difficulties()
                        .floor(new BigDecimal(message.path("params").path(0).asText()));
            case "mining.notify" -> work = work(message.path("params"));
            default -> {
                int id = message.path("id").asInt();
                if (id == 1) {
                    extranonce1 = message.path("result").path(1).asText();
                } else if (id >= 10) {
                    settle(id, message.path("result").asBoolean(false));
                }
            }
        }
    }

    private void settle(int id, boolean accepted) {
        ShareKey key = inFlight.remove(id);
        if (key == null) {
            throw new IllegalStateException("a reply to nothing: " + id);
        }
        if (accepted) {
            answered.add(key);
        } else {
            rejected.incrementAndGet();
        }
        slots.release();
    }

    private Work work(JsonNode params) {
        List<Hash256> branch = new ArrayList<>();
        params.path(4).forEach(node -> branch.add(Hash256.ofInternal(Bytes.ofHex(node.asText()))));
        byte[] swapped = HexFormat.of().parseHex(params.path(1).asText());
        byte[] prevHash = new byte[32];
        for (int i = 0; i < 32; i++) {
            prevHash[i] = swapped[i / 4 * 4 + 3 - i % 4];
        }
        String id = params.path(0).asText();
        Job job = new Job(
                (int) Long.parseLong(id, 16),
                0,
                Hash256.ofInternal(prevHash),
                Bytes.ofHex(params.path(2).asText()),
                Bytes.ofHex(params.path(3).asText()),
                8,
                branch,
                (int) Long.parseLong(params.path(5).asText(), 16),
                Nbits.ofHex(params.path(6).asText()),
                (int) Long.parseLong(params.path(7).asText(), 16),
                Scheme.PPLNS);
        return new Work(job, id, announced);
    }

    private void mine() {
        int extranonce2 = 0;
        int nonce = 0;
        try {
            Work current = null;
            ShareKey base = null;
            byte[] header = new byte[0];
            while (running) {
                Work newest = work;
                if (newest == null || extranonce1.isEmpty() || paused || isDone(newest)) {
                    LockSupport.parkNanos(200_000);
                    continue;
                }
                if (current == null
                        || base == null
                        || newest.job().number() != current.job().number()
                        || nonce % 4096 == 0) {
                    current = newest;
                    base = roll(current.job(), ++extranonce2);
                    header = header(current.job(), base);
                }
                nonce++;
                for (int i = 0; i < 4; i++) {
                    header[NONCE_OFFSET + i] = (byte) (nonce >>> 8 * i);
                }
                byte[] hash = Sha256.twice(header, 0, header.length);
                if (current.level().target().accepts(hash, 0, shift)) {
                    found(
                            current,
                            new ShareKey(base.jobNumber(), base.extranonces(), base.ntime(), nonce, base.version()));
                }
            }
        } catch (IOException e) {
            // The pool was killed: the share that failed to go out stays among the sent ones, which only claims less.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ShareKey roll(Job job, int extranonce2) {
        return new ShareKey(
                job.number(), Bytes.ofHex(extranonce1 + "%08x".formatted(extranonce2)), job.ntime(), 0, job.version());
    }

    private static byte[] header(Job job, ShareKey key) {
        Hash256 root = MerkleTree.foldBranch(Sha256.twice(job.coinbase(key.extranonces())), job.branch());
        return new BlockHeader(key.version(), job.prevHash(), root, key.ntime(), job.nbits(), 0)
                .toBytes()
                .toArray();
    }

    private boolean isDone(Work newest) {
        return foundOnTip >= sharesPerTip && newest.job().prevHash().equals(tip);
    }

    /** Sends it at once, or all of a tip together when there is a limit: then they reach the pool within one turn. */
    private void found(Work current, ShareKey key) throws IOException, InterruptedException {
        if (sharesPerTip == Integer.MAX_VALUE) {
            slots.acquire();
            send(submit(current, key));
            return;
        }
        if (!current.job().prevHash().equals(tip)) {
            tip = current.job().prevHash();
            foundOnTip = 0;
            burst.clear();
        }
        burst.add(new Found(current, key));
        if (++foundOnTip >= sharesPerTip) {
            slots.acquire(burst.size());
            send(burst.stream().map(each -> submit(each.work(), each.key())).collect(Collectors.joining("\n")));
            burst.clear();
        }
    }

    private String submit(Work current, ShareKey key) {
        int id = ++lastId;
        sent.add(key);
        inFlight.put(id, key);
        return "{\"id\":" + id + ",\"method\":\"mining.submit\",\"params\":[\"" + user + "\",\"" + current.jobId()
                + "\",\""
                + key.extranonces().slice(4, 8).toHex() + "\",\"" + "%08x".formatted(key.ntime()) + "\",\""
                + "%08x".formatted(key.nonce()) + "\"]}";
    }

    @Override
    public void close() {
        running = false;
        try {
            socket.close();
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(5_000);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
