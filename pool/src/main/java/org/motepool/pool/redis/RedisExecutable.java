package org.motepool.pool.redis;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * Finds a redis-server to run: an installed one of 6.2 or newer, else the one that comes with us.
 *
 * @param file the executable
 * @param version as it reports it
 * @param installed false for the bundled one
 */
record RedisExecutable(Path file, String version, boolean installed) {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)(\\S*)");
    private static final int SECONDS_MAX = 5;

    static RedisExecutable find(Path unpackTo) throws EmbeddedRedisException {
        Optional<RedisExecutable> installed = onPath().flatMap(file -> probe(file, true));
        if (installed.isPresent()) {
            return installed.get();
        }
        try {
            Files.createDirectories(unpackTo);
            Path bundled = ExecutableProvider.newJarResourceProvider(unpackTo.toFile())
                    .get()
                    .toPath();
            return probe(bundled, false)
                    .orElseThrow(() -> new EmbeddedRedisException(
                            "the bundled redis-server does not run here; install one (Debian: apt install redis-server)"
                                    + " or name a Redis with --redis"));
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedRedisException(
                    "no redis-server is bundled for this system (" + e.getMessage() + "); install one of 6.2 or newer"
                            + " (Debian: apt install redis-server) or name a Redis with --redis",
                    e);
        }
    }

    private static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, "redis-server");
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private static Optional<RedisExecutable> probe(Path file, boolean installed) {
        try {
            Process process = new ProcessBuilder(file.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            Matcher matcher = VERSION.matcher(text);
            if (!matcher.find()) {
                return Optional.empty();
            }
            int major = Integer.parseInt(matcher.group(1));
            int minor = Integer.parseInt(matcher.group(2));
            boolean fits = major > 6 || major == 6 && minor >= 2;
            String version = matcher.group().substring(2);
            return fits ? Optional.of(new RedisExecutable(file, version, installed)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
