package org.motepool.pool.realnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;
import org.motepool.core.work.ProofOfWork;
import org.motepool.core.work.Target;
import org.motepool.validator.hash.HasherChoice;
import org.motepool.validator.hash.ShareBatch;
import org.motepool.validator.hash.ShareHasher;

/** One Stratum connection that mines scrypt when it is told to. Mining is the caller's thread's. */
final class ScryptMiner implements AutoCloseable {
    private static final int BATCH = 64;
    private static final long PATIENCE_SECONDS = 120;
    private static final int EXTRANONCE2_BYTES = 4;

    private final String user;
    private final Socket socket;
    private final Thread reader;
    private final HasherChoice hashers = HasherChoice.start(ProofOfWork.SCRYPT, made -> {});
    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private volatile String extranonce1 = "";
    private volatile String difficulty = "";
    private volatile @Nullable Work work;
    private int lastId = 10;
    private int nonce;

    private record Work(String id, Job job) {}

    ScryptMiner(int port, String user) throws IOException {
        this.user = user;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        reader = Thread.ofPlatform().name("scrypt-miner-reader").start(this::read);
        send("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"witness/1\"]}");
        send("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + user + "\",\"x\"]}");
    }

    /** As the pool announced it. */
    String difficulty() {
        return difficulty;
    }

    /** Searches a hash that meets {@code target}, or the network's where that is null; the pool's reply to it. */
    JsonNode mine(@Nullable Target target, Hash256 tip) throws Exception {
        Work current = awaitWork(tip);
        Bytes extranonces = Bytes.ofHex(extranonce1 + "0".repeat(2 * EXTRANONCE2_BYTES));
        Target wanted = target == null ? current.job().nbits().target() : target;
        ShareHasher.PreparedJob prepared = hashers.hasher().prepare(current.job());
        // Where a whole share is wanted, 65,536 hashes are: all cores help.
        int threads = target == null ? 1 : Runtime.getRuntime().availableProcessors();
        while (true) {
            List<ShareBatch> batches = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                batches.add(batch(current.job(), extranonces));
            }
            batches.parallelStream().forEach(prepared::hash);
            for (ShareBatch batch : batches) {
                for (int i = 0; i < batch.size(); i++) {
                    if (wanted.accepts(batch.hashes(), i * Hash256.BYTES, PowShift.NONE)) {
                        return submit(current, batch.nonces()[i]);
                    }
                }
            }
        }
    }

    private ShareBatch batch(Job job, Bytes extranonces) {
        ShareBatch batch = new ShareBatch(extranonces.size(), BATCH);
        for (int i = 0; i < BATCH; i++) {
            batch.add(extranonces, job.ntime(), nonce++, job.version());
        }
        return batch;
    }

    private Work awaitWork(Hash256 tip) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Work newest = work;
            if (newest != null
                    && !extranonce1.isEmpty()
                    && newest.job().prevHash().equals(tip)) {
                return newest;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("the pool sends no job on " + tip);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private JsonNode submit(Work current, int found) throws Exception {
        int id = ++lastId;
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.put(id, reply);
        send("{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%s\",\"%08x\",\"%08x\"]}"
                .formatted(
                        id,
                        user,
                        current.id(),
                        "0".repeat(2 * EXTRANONCE2_BYTES),
                        current.job().ntime(),
                        found));
        return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
            // We are closed.
        }
    }

    private void handle(JsonNode message) {
        switch (message.path("method").asText("")) {
            case "mining.set_difficulty" ->
                difficulty = message.path("params").path(0).asText();
            case "mining.notify" -> work = work(message.path("params"));
            default -> {
                int id = message.path("id").asInt();
                CompletableFuture<JsonNode> reply = replies.remove(id);
                if (id == 1) {
                    extranonce1 = message.path("result").path(1).asText();
                } else if (reply != null) {
                    reply.complete(message);
                }
            }
        }
    }

    private static Work work(JsonNode params) {
        List<Hash256> branch = new ArrayList<>();
        params.path(4).forEach(node -> branch.add(Hash256.ofInternal(Bytes.ofHex(node.asText()))));
        byte[] swapped = HexFormat.of().parseHex(params.path(1).asText());
        byte[] prevHash = new byte[Hash256.BYTES];
        for (int i = 0; i < prevHash.length; i++) {
            prevHash[i] = swapped[i ^ 3];
        }
        String id = params.path(0).asText();
        return new Work(
                id,
                new Job(
                        (int) Long.parseLong(id, 16),
                        0,
                        Hash256.ofInternal(prevHash, 0),
                        Bytes.ofHex(params.path(2).asText()),
                        Bytes.ofHex(params.path(3).asText()),
                        2 * EXTRANONCE2_BYTES,
                        branch,
                        (int) Long.parseLong(params.path(5).asText(), 16),
                        Nbits.ofHex(params.path(6).asText()),
                        (int) Long.parseLong(params.path(7).asText(), 16),
                        Scheme.PPLNS));
    }

    @Override
    public void close() throws IOException {
        hashers.close();
        socket.close();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
