package org.motepool.chain.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;

/**
 * Puts bcoin and its launcher into the user's cache, once for each version of the three files that describe them. Only
 * one process installs at a time; scripts of packages are not run.
 */
final class RealNodeInstall {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "launcher.js");
    private static final int INSTALL_SECONDS_MAX = 240;

    private RealNodeInstall() {}

    /** Something that this machine lacks; the message is the reason to skip. */
    static final class NotPossible extends Exception {
        private static final long serialVersionUID = 1;

        NotPossible(String message) {
            super(message);
        }

        NotPossible(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The directory to start {@code launcher.js} in. */
    static Path ready() throws NotPossible {
        requireProgram("node");
        try {
            Path directory = cache().resolve("bcoin-" + digest().substring(0, 16));
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                            directory.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new NotPossible("no lock on " + directory);
                }
                install(directory);
            }
            return directory;
        } catch (IOException e) {
            throw new NotPossible("the real node cannot be installed: " + e, e);
        }
    }

    private static void install(Path directory) throws IOException, NotPossible {
        Path done = directory.resolve("installed");
        if (Files.exists(done)) {
            return;
        }
        requireProgram("npm");
        for (String file : FILES) {
            Files.copy(resource(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(directory, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"));
        Files.createFile(done);
    }

    private static Path cache() {
        Path base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return base.resolve("motepool").resolve("real-node");
    }

    private static String digest() throws IOException {
        List<Bytes> parts = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = resource(file)) {
                parts.add(Sha256.once(Bytes.copyOf(in.readAllBytes())));
            }
        }
        return Sha256.once(parts.stream().reduce(Bytes.EMPTY, Bytes::concat)).toHex();
    }

    private static InputStream resource(String file) {
        InputStream in = RealNodeInstall.class.getResourceAsStream("/real-node/" + file);
        if (in == null) {
            throw new UncheckedIOException(new IOException("the test-jar of chain holds no real-node/" + file));
        }
        return in;
    }

    private static void requireProgram(String program) throws NotPossible {
        try {
            run(Path.of(System.getProperty("java.io.tmpdir")), List.of(program, "--version"));
        } catch (IOException e) {
            throw new NotPossible(program + " is not installed (Debian: nodejs, npm)", e);
        }
    }

    private static void run(Path directory, List<String> command) throws IOException, NotPossible {
        Path output = Files.createTempFile("real-node", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new NotPossible(String.join(" ", command) + " took longer than " + INSTALL_SECONDS_MAX + " s");
            }
            if (process.exitValue() != 0) {
                throw new NotPossible(String.join(" ", command) + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotPossible("interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
