package org.motepool.pool.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.motepool.pool.Failure;
import org.motepool.pool.wiring.ManagementFiles;

/** Asks the management server of the pool that runs on a data directory. Every question ends within the timeouts. */
final class ManagementClient {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int REPLY_BYTES_MAX = 1 << 20;

    private final Path token;
    private final String address;

    /** Of what runs on the data directory. */
    ManagementClient(Path data) throws Failure {
        this(data, "");
    }

    /** @param address {@code HOST:PORT}, or empty for what runs on the data directory */
    ManagementClient(Path data, String address) throws Failure {
        ManagementFiles files = address.isEmpty() ? only(data) : ManagementFiles.in(data);
        this.token = files.token();
        this.address = address.isEmpty() ? text(files.address(), files.address() + " cannot be read") : address;
    }

    private static ManagementFiles only(Path data) throws Failure {
        List<ManagementFiles> all;
        try {
            all = ManagementFiles.allIn(data);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the data directory " + data + " cannot be read (" + e + ")", e);
        }
        if (all.isEmpty()) {
            throw new Failure(
                    Failure.FAILED, "no pool runs on " + data.toAbsolutePath() + "; name its directory with --data");
        }
        if (all.size() > 1) {
            throw new Failure(
                    Failure.FAILED,
                    "several processes run on " + data.toAbsolutePath() + "; say which with --at HOST:PORT, as one of "
                            + all.stream()
                                    .map(each -> each.address().toString())
                                    .sorted()
                                    .toList() + " holds it");
        }
        return all.getFirst();
    }

    /** What anyone may ask. */
    String ask(String path) throws Failure {
        return read(open(path));
    }

    /** What only the pool's owner may ask: sends the admin token. */
    String askAsOwner(String path) throws Failure {
        HttpURLConnection connection = open(path);
        authorize(connection);
        return read(connection);
    }

    private void authorize(HttpURLConnection connection) throws Failure {
        String value = text(token, "the admin token " + token + " cannot be read; run as the pool's user");
        connection.setRequestProperty("Authorization", "Bearer " + value);
    }

    /** What only the pool's owner may change: sends the admin token. */
    String tellAsOwner(String path) throws Failure {
        HttpURLConnection connection = open(path);
        authorize(connection);
        try {
            connection.setRequestMethod("POST");
        } catch (java.net.ProtocolException e) {
            throw new IllegalStateException("POST is always known", e);
        }
        return read(connection);
    }

    /** A value as it stands in a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpURLConnection open(String path) throws Failure {
        // A server that listens everywhere is asked here.
        String near = address.replaceFirst("^(0\\.0\\.0\\.0|::|0:0:0:0:0:0:0:0):", "127.0.0.1:");
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + near + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection;
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(Failure.FAILED, "not HOST:PORT of a pool's management: " + address, e);
        }
    }

    private static String read(HttpURLConnection connection) throws Failure {
        try {
            int code = connection.getResponseCode();
            if (code == HttpURLConnection.HTTP_BAD_REQUEST) {
                throw new Failure(Failure.FAILED, message(connection));
            }
            if (code != HttpURLConnection.HTTP_OK) {
                throw new Failure(Failure.FAILED, "the pool answered " + code + " at " + connection.getURL());
            }
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readNBytes(REPLY_BYTES_MAX), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new Failure(
                    Failure.FAILED, "no pool answers at " + connection.getURL() + " (" + e.getMessage() + ")", e);
        }
    }

    /** What a refusal says. */
    private static String message(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            String message = new JsonMapper()
                    .readTree(body.readNBytes(REPLY_BYTES_MAX))
                    .path("message")
                    .asText();
            return message.isEmpty() ? "the pool refused the request" : message;
        }
    }

    private static String text(Path file, String otherwise) throws Failure {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new Failure(Failure.FAILED, otherwise, e);
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, otherwise + " (" + e + ")", e);
        }
    }
}
