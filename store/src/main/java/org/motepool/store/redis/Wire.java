package org.motepool.store.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/** A connection with its commands, whether one server or a cluster is behind it. Thread-safe. */
record Wire(StatefulConnection<String, byte[]> connection, RedisClusterAsyncCommands<String, byte[]> commands)
        implements AutoCloseable {
    boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() {
        connection.close();
    }
}
