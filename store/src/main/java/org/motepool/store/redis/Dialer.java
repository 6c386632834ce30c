package org.motepool.store.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EpollProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes connections to what the settings name: one server, the primary that Sentinel knows, or a cluster. Thread-safe. */
sealed interface Dialer {
    RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Commands that wait for one connection; far more than callers there are. */
    int REQUESTS_MAX = 20_000;

    /** From one look at a cluster's servers to the next, while something hints at a change: a failover takes seconds. */
    Duration TOPOLOGY_PAUSE = Duration.ofSeconds(1);

    /** Connects; throws what the client throws. */
    Wire dial();

    AbstractRedisClient client();

    /** A connection has several behind it, which come and go one by one. */
    boolean spansServers();

    static Dialer of(RedisSettings settings, ClientResources resources) {
        return settings.isCluster() ? cluster(settings, resources) : oneServer(settings, resources);
    }

    private static Dialer oneServer(RedisSettings settings, ClientResources resources) {
        RedisURI uri = uriOf(settings);
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(options(settings));
        return new OneServer(client, uri);
    }

    private static Dialer cluster(RedisSettings settings, ClientResources resources) {
        List<RedisURI> seeds = seeds(settings.uri());
        seeds.forEach(seed -> complete(seed, settings));
        RedisClusterClient client = RedisClusterClient.create(resources, seeds);
        client.setOptions(ClusterClientOptions.builder(options(settings))
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(TOPOLOGY_PAUSE)
                        .build())
                .build());
        return new Cluster(client);
    }

    /** One that died is known for long as a primary, and has no slots any more. */
    static boolean serves(RedisClusterNode node) {
        return node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.getSlots().isEmpty();
    }

    /** Of one server. */
    record OneServer(RedisClient client, RedisURI uri) implements Dialer {
        @Override
        public Wire dial() {
            StatefulRedisConnection<String, byte[]> connection = client.connect(CODEC, uri);
            return new Wire(connection, connection.async());
        }

        @Override
        public boolean spansServers() {
            return false;
        }
    }

    /** Of a cluster. */
    record Cluster(RedisClusterClient client) implements Dialer {
        @Override
        public Wire dial() {
            StatefulRedisClusterConnection<String, byte[]> connection = client.connect(CODEC);
            // Opened now: the first command to a server that is only then connected would be refused.
            for (RedisClusterNode node : connection.getPartitions()) {
                if (Dialer.serves(node)) {
                    var _ = connection.getConnection(
                            node.getUri().getHost(), node.getUri().getPort());
                }
            }
            return new Wire(connection, connection.async());
        }

        @Override
        public boolean spansServers() {
            return true;
        }
    }

    private static List<RedisURI> seeds(String uri) {
        try {
            return RedisClusterURIUtil.toRedisURIs(URI.create(uri.replaceFirst("-cluster://", "://")));
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static RedisURI uriOf(RedisSettings settings) {
        return complete(parsed(settings.uri()), settings);
    }

    private static RedisURI complete(RedisURI uri, RedisSettings settings) {
        // Set on it, not built from it: a copy by the builder loses the Sentinels.
        uri.setTimeout(settings.timeout());
        uri.setClientName("motepool");
        // Not sent: Redis 7.2 would ask for a right of its own that older ones do not know.
        uri.setLibraryName("");
        uri.setLibraryVersion("");
        settings.password().ifPresent(password -> uri.setAuthentication(userOf(uri), password.toCharArray()));
        return uri;
    }

    private static @Nullable String userOf(RedisURI uri) {
        return uri.getCredentialsProvider()
                        instanceof RedisCredentialsProvider.ImmediateRedisCredentialsProvider fromUri
                ? fromUri.resolveCredentialsNow().getUsername()
                : null;
    }

    private static RedisURI parsed(String uri) {
        try {
            return RedisURI.create(uri);
        } catch (IllegalArgumentException e) {
            // The cause would show the whole address, password included.
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("the store's uri is not redis://[user:password@]host[:port][/database],"
                + " redis-sentinel://[user:password@]host:port,host:port#name or"
                + " redis-cluster://[user:password@]host:port,host:port");
    }

    private static ClientOptions options(RedisSettings settings) {
        Duration timeout = settings.timeout();
        SocketOptions.Builder socket =
                SocketOptions.builder().connectTimeout(timeout).keepAlive(true);
        if (EpollProvider.isAvailable()) {
            // Finds a peer that vanished without a word; only the native transport can set it.
            socket.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(timeout.multipliedBy(2))
                    .build());
        }
        // Calls bounds each call itself: reads that wait inside Redis may take longer than the rest.
        TimeoutOptions unbounded = TimeoutOptions.create();
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(timeout);
        settings.authority().map(Path::toFile).ifPresent(tls::trustManager);
        return ClientOptions.builder()
                .sslOptions(tls.build())
                .protocolVersion(ProtocolVersion.RESP2)
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .requestQueueSize(REQUESTS_MAX)
                .timeoutOptions(unbounded)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socket.build())
                .build();
    }
}
