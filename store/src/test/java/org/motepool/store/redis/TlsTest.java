package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;

/** A real server that speaks TLS alone, with a certificate of an authority of one's own, and a user with a password. */
final class TlsTest {
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("55".repeat(16)), 0);

    @TempDir
    static Path directory;

    private static @Nullable TestRedis redis;
    private static Authority authority;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        authority = Authority.in(directory.resolve("ca"));
        Path server = directory.resolve("server");
        authority.sign(server, "127.0.0.1");
        Path users = Files.writeString(
                directory.resolve("users.acl"), "user default on nopass ~* &* +@all\nuser pool on >word ~* &* +@all\n");
        for (int tries = 0; redis == null && tries < 5; tries++) {
            port = freePort();
            redis = TestRedis.startInstalled(
                            "--aclfile", users.toString(),
                            "--tls-port", Integer.toString(port),
                            "--tls-cert-file", server.resolve("certificate.pem").toString(),
                            "--tls-key-file", server.resolve("key.pem").toString(),
                            "--tls-ca-cert-file", authority.certificate().toString(),
                            "--tls-auth-clients", "no")
                    .orElse(null);
        }
        if (!"true".equalsIgnoreCase(System.getenv("CI"))) {
            Assumptions.assumeTrue(redis != null, "no redis-server is installed");
        }
    }

    @AfterAll
    static void end() {
        if (redis != null) {
            redis.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static RedisSettings settings(String host, Optional<Path> pem) {
        return new RedisSettings(
                "rediss://pool:word@" + host + ":" + port, Optional.empty(), pem, "devnet", 1, Duration.ofSeconds(2));
    }

    private static void connect(RedisSettings settings) throws StoreException {
        RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry()).close();
    }

    @Test
    void carriesTheStoreOverTlsAsAUser() throws StoreException {
        RedisSettings settings = settings("127.0.0.1", Optional.of(authority.certificate()));
        try (RedisStore store = RedisStore.connect(settings, PoolClock.SYSTEM, new CollectorRegistry())) {
            store.journalMarks().publish(Map.of(SOURCE, 7L));
            assertThat(store.journalMarks().mark(SOURCE)).hasValue(7);
            assertThat(redis).isNotNull();
            assertThat(redis.answer("CLIENT LIST")).contains("name=motepool", "user=pool");
        }
    }

    @Test
    void trustsNobodyElsesCertificate(@TempDir Path other) throws Exception {
        Authority stranger = Authority.in(other);
        assertThatThrownBy(() -> connect(settings("127.0.0.1", Optional.of(stranger.certificate()))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageNotContaining("word");
        assertThatThrownBy(() -> connect(settings("127.0.0.1", Optional.empty())))
                .as("it is none that Java knows")
                .isInstanceOf(StoreException.class);
    }

    @Test
    void trustsNoCertificateOfAnotherHost() {
        assertThatThrownBy(() -> connect(settings("localhost", Optional.of(authority.certificate()))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void aFileThatHoldsNoCertificateIsTold(@TempDir Path other) throws IOException {
        Path pem = Files.writeString(other.resolve("ca.pem"), "no certificate\n");
        assertThatThrownBy(() -> connect(settings("127.0.0.1", Optional.of(pem))))
                .hasMessageContaining(pem.toString());
    }

    @Test
    void anAuthorityWithoutTlsIsASlip() {
        RedisSettings plain = RedisSettings.of("redis://127.0.0.1:6379", "devnet");
        assertThatThrownBy(() -> plain.withAuthority(Optional.of(authority.certificate())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rediss://");
    }
}
