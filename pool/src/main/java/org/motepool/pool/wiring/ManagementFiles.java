package org.motepool.pool.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where in the data directory a running pool leaves what {@code mote status} needs to reach it.
 *
 * @param token holds the admin token; made on first start, readable by its owner alone
 * @param address holds {@code HOST:PORT} of the management server that now runs
 */
public record ManagementFiles(Path token, Path address) {
    public static ManagementFiles in(Path data) {
        return new ManagementFiles(data.resolve("management.token"), data.resolve("management.address"));
    }

    void writeAddress(String host, int port) throws IOException {
        Files.writeString(address, host + ":" + port + "\n");
    }

    void removeAddress() throws IOException {
        Files.deleteIfExists(address);
    }
}
