package org.motepool.pool.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.motepool.pool.Failure;
import org.motepool.pool.wiring.ManagementFiles;

/** Asks the management server of the pool that runs on a data directory. Every question ends within the timeouts. */
final class ManagementClient {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int REPLY_BYTES_MAX = 1 << 20;

    private final Path data;
    private final ManagementFiles files;

    ManagementClient(Path data) {
        this.data = data;
        this.files = ManagementFiles.in(data);
    }

    /** What anyone may ask. */
    String ask(String path) throws Failure {
        return read(open(path));
    }

    /** What only the pool's owner may ask: sends the admin token. */
    String askAsOwner(String path) throws Failure {
        HttpURLConnection connection = open(path);
        String token =
                text(files.token(), "the admin token " + files.token() + " cannot be read; run as the pool's user");
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return read(connection);
    }

    private HttpURLConnection open(String path) throws Failure {
        String address =
                text(files.address(), "no pool runs on " + data.toAbsolutePath() + "; name its directory with --data");
        // A server that listens everywhere is asked here.
        String near = address.replaceFirst("^(0\\.0\\.0\\.0|::|0:0:0:0:0:0:0:0):", "127.0.0.1:");
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + near + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection;
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(Failure.FAILED, files.address() + " does not hold HOST:PORT: " + address, e);
        }
    }

    private static String read(HttpURLConnection connection) throws Failure {
        try {
            int code = connection.getResponseCode();
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
