package org.motepool.pool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @TempDir
    private Path directory;

    private static String ask(EmbeddedRedis redis, String command) throws Exception {
        URI url = new URI(redis.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(5_000);
            String password = url.getUserInfo().substring(1);
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\n" + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).isEqualTo("+OK");
            String first = in.readLine();
            return first.startsWith("$") ? in.readLine() : first;
        }
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory)) {
            assertThat(ask(redis, "SET mote speck")).isEqualTo("+OK");
            assertThat(ask(redis, "SET mote2 speck2")).isEqualTo("+OK");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory)) {
            assertThat(ask(redis, "GET mote")).isEqualTo("speck");
        }
    }

    @Test
    void refusesADirectoryThatAnotherPoolHolds() throws Exception {
        try (EmbeddedRedis first = EmbeddedRedis.start(directory)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory))
                    .isInstanceOf(EmbeddedRedisException.class)
                    .hasMessageContaining("another Motepool process")
                    .hasMessageContaining("--data");
            assertThat(ask(first, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void stopsAnOrphanOfAKilledPool() throws Exception {
        // A server that nobody's lock protects, as kill -9 of a pool leaves it.
        RedisExecutable executable = RedisExecutable.find(directory.resolve("bin"));
        Process orphan = new ProcessBuilder(executable.file().toString(), "--port", "0", "--save", "")
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            long started = orphan.toHandle().info().startInstant().orElseThrow().toEpochMilli();
            Files.writeString(directory.resolve("redis.pid"), orphan.pid() + " " + started + "\n");
            try (EmbeddedRedis redis = EmbeddedRedis.start(directory)) {
                assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
                assertThat(ask(redis, "PING")).isEqualTo("+PONG");
            }
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void leavesAForeignProcessAlone() throws Exception {
        Process foreign = new ProcessBuilder("cat").start();
        try {
            Files.writeString(directory.resolve("redis.pid"), foreign.pid() + " 12345\n");
            EmbeddedRedis.start(directory).close();
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }
}
