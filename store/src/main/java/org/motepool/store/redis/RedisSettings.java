package org.motepool.store.redis;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.motepool.core.sharelog.LogShard;

/**
 * Where the store is and what it was created as.
 *
 * @param uri {@code redis://host:port} or, with TLS, {@code rediss://host:port}; may carry user and database. Where
 *     Sentinel watches over a primary, {@code redis-sentinel://host:port,host:port#name}: user and password are those of
 *     the primary, and whichever server is the primary is found again at every connect. Of a cluster some of its servers, {@code
 *     redis-cluster://host:port,host:port}; it tells of the others
 * @param password replaces one in the URI
 * @param authority PEM file of the authority that signed the server's certificate, for {@code rediss://}; empty trusts
 *     those that Java knows. Certificate and host name are always checked. Read at every connect
 * @param network id of the chain; a store of another network is refused
 * @param shards of the work stream, fixed when the store is created
 * @param timeout bound of every call
 */
public record RedisSettings(
        String uri, Optional<String> password, Optional<Path> authority, String network, int shards, Duration timeout) {
    /** Longer than a failover's hiccup within one call, shorter than a page's patience. */
    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(3);

    private static final int PORT_DEFAULT = 6379;
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(50);
    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(60);

    public RedisSettings {
        if (!uri.matches("rediss?(-sentinel|-cluster)?://.+")) {
            throw new IllegalArgumentException(
                    "the store's uri must begin with redis:// or rediss:// (redis-sentinel:// for Sentinel, redis-cluster:// for a"
                            + " cluster)");
        }
        if (isSentinel(uri) && !uri.matches("[^#]+#[^#\\s]+")) {
            throw new IllegalArgumentException(
                    "the store's uri must end with # and the name that Sentinel has for the primary");
        }
        if (authority.isPresent() && !uri.startsWith("rediss")) {
            throw new IllegalArgumentException("the store's certificate authority is of no use without rediss://");
        }
        if (network.isBlank()) {
            throw new IllegalArgumentException("the store's network is empty");
        }
        if (shards < 1 || shards > LogShard.SHARDS_MAX) {
            throw new IllegalArgumentException(
                    "the store's shards must be 1 to " + LogShard.SHARDS_MAX + ", not " + shards);
        }
        if (timeout.compareTo(TIMEOUT_MIN) < 0 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "the store's timeout must be 50 milliseconds to 60 seconds, not " + timeout.toMillis() + " ms");
        }
    }

    /** Without a certificate authority of its own. */
    public RedisSettings(String uri, Optional<String> password, String network, int shards, Duration timeout) {
        this(uri, password, Optional.empty(), network, shards, timeout);
    }

    /** One shard, no password, the default timeout. */
    public static RedisSettings of(String uri, String network) {
        return new RedisSettings(uri, Optional.empty(), network, 1, TIMEOUT_DEFAULT);
    }

    /** With TLS whose certificates this authority signs. */
    public RedisSettings withAuthority(Optional<Path> pem) {
        return new RedisSettings(uri, password, pem, network, shards, timeout);
    }

    /** The same elsewhere, or as another user. */
    RedisSettings withUri(String other) {
        return new RedisSettings(other, password, authority, network, shards, timeout);
    }

    private static boolean isSentinel(String uri) {
        return uri.matches("rediss?-sentinel://.*");
    }

    boolean isCluster() {
        return uri.matches("rediss?-cluster://.*");
    }

    /** Host and port alone: what messages may show. */
    public String place() {
        if (isSentinel(uri) || isCluster()) {
            // The password, if any, is before the last @.
            return (isCluster() ? "cluster " : "Sentinel ")
                    + uri.substring(Math.max(uri.indexOf("//") + 1, uri.lastIndexOf('@')) + 1);
        }
        try {
            URI parsed = URI.create(uri);
            if (parsed.getHost() == null) {
                return "the configured address";
            }
            return parsed.getHost() + ":" + (parsed.getPort() < 0 ? PORT_DEFAULT : parsed.getPort());
        } catch (IllegalArgumentException e) {
            return "the configured address";
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "RedisSettings[" + place() + ", network " + network + ", shards " + shards + ", timeout " + timeout
                + "]";
    }
}
