package org.motepool.pool.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

    /** Of a process that has one role alone: several may share the directory. */
    public static ManagementFiles in(Path data, String role) {
        return new ManagementFiles(data.resolve("management.token"), data.resolve("management." + role + ".address"));
    }

    /** Whatever runs on the directory: all roles, or one alone. In no order. */
    public static List<ManagementFiles> allIn(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.getFileName().toString().matches("management\\.([a-z]+\\.)?address"))
                    .map(file -> new ManagementFiles(data.resolve("management.token"), file))
                    .toList();
        }
    }

    void writeAddress(String text) throws IOException {
        Files.writeString(address, text + "\n");
    }

    /** Leaves what a later process has written. */
    void removeAddress(String text) throws IOException {
        if (Files.exists(address) && Files.readString(address).strip().equals(text)) {
            Files.deleteIfExists(address);
        }
    }
}
