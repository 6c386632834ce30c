package org.motepool.payout.accountant;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;
import org.motepool.payout.journal.JournalRecord;

/**
 * Requests of operators about money, for the pot or for Lightning, as small files beside the journal: whoever may write there may give them, whether an accountant
 * runs or not. Stateless but for the directory.
 */
public final class PotRequests {
    private static final String SUFFIX = ".pot";
    /** Taken up at one look; the rest at the next. */
    private static final int FILES_MAX = 100;

    private static final long FILE_BYTES_MAX = 4096;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;

    public PotRequests(Path dataDir) {
        directory = dataDir.resolve("journal").resolve("requests");
    }

    /**
     * Leaves a request.
     *
     * @param fromFee of the pool's own part, instead of coins that were put into its wallet
     * @return its file
     */
    public Path leave(long satoshis, boolean fromFee, String memo) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("satoshis", Long.toString(satoshis));
        json.put("from_fee", fromFee);
        json.put("memo", memo);
        return leave(json);
    }

    /**
     * Leaves word that coins went from the wallet into Lightning channels.
     *
     * @param networkFee what the chain got for it
     */
    public Path leaveLightning(long satoshis, long networkFee, String memo) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("satoshis", Long.toString(satoshis));
        json.put("lightning", true);
        json.put("network_fee", Long.toString(networkFee));
        json.put("memo", memo);
        return leave(json);
    }

    private Path leave(ObjectNode json) throws IOException {
        byte[] id = new byte[JournalRecord.REQUEST_BYTES];
        new SecureRandom().nextBytes(id);
        String name = Bytes.copyOf(id).toHex();
        json.put("request", name);
        Files.createDirectories(directory);
        Path draft = directory.resolve(name + ".draft");
        Path file = directory.resolve(name + SUFFIX);
        Files.writeString(draft, json + "\n");
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    List<Path> waiting() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .limit(FILES_MAX)
                    .toList();
        }
    }

    /** Empty when it is none. */
    Optional<Request> read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return Optional.of(new Request(
                    Bytes.ofHex(json.path("request").asText()),
                    Long.parseLong(json.path("satoshis").asText()),
                    json.path("from_fee").asBoolean(),
                    json.path("lightning").asBoolean(),
                    Long.parseLong(json.path("network_fee").asText("0")),
                    json.path("memo").asText()));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void done(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    void refuse(Path file) throws IOException {
        Files.move(file, file.resolveSibling(file.getFileName() + ".refused"), StandardCopyOption.REPLACE_EXISTING);
    }

    record Request(Bytes id, long satoshis, boolean fromFee, boolean lightning, long networkFee, String memo) {
        Request {
            if (id.size() != JournalRecord.REQUEST_BYTES
                    || satoshis < 1
                    || satoshis > Money.SATOSHIS_MAX
                    || networkFee < 0
                    || networkFee > Money.SATOSHIS_MAX
                    || memo.length() > JournalRecord.TEXT_CHARACTERS_MAX) {
                throw new IllegalArgumentException("not a request");
            }
        }
    }
}
