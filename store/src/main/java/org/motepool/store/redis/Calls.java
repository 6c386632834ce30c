package org.motepool.store.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.motepool.store.StoreException;

/** One door's calls: each bounded, counted, and its troubles said with the key that they are about. Thread-safe. */
final class Calls {
    /** Script calls sent before the first answer is awaited; bounds what waits in both processes. */
    private static final int PIPELINE_MAX = 500;

    private final Source source;
    private final String door;
    private final StoreMetrics metrics;
    private final Duration timeout;

    Calls(RedisLink link, String door, StoreMetrics metrics, Duration timeout) {
        this(link::ready, door, metrics, timeout);
    }

    Calls(Source source, String door, StoreMetrics metrics, Duration timeout) {
        this.source = source;
        this.door = door;
        this.metrics = metrics;
        this.timeout = timeout;
    }

    /** The answer, which Redis always gives. */
    <T> T get(String key, Command<T> command) throws StoreException {
        return find(key, command).orElseThrow(() -> new StoreException(at(key) + "Redis answered with nothing"));
    }

    /** The answer, empty where Redis has none. */
    <T> Optional<T> find(String key, Command<T> command) throws StoreException {
        RedisClusterAsyncCommands<String, byte[]> commands = ready();
        return Optional.ofNullable(await(key, send(key, commands, command), timeout));
    }

    /** What each server says of itself: the one, or every one of a cluster that takes writes. */
    List<String> infos() throws StoreException {
        RedisClusterAsyncCommands<String, byte[]> commands = ready();
        if (!(commands instanceof RedisAdvancedClusterAsyncCommands<String, byte[]> cluster)) {
            String info = get("INFO", c -> c.info());
            return List.of(info);
        }
        List<String> infos = new ArrayList<>();
        for (Future<String> info : infosOf(cluster)) {
            infos.add(answered(await("INFO", info, timeout)));
        }
        return infos;
    }

    private List<? extends Future<String>> infosOf(RedisAdvancedClusterAsyncCommands<String, byte[]> cluster)
            throws StoreException {
        try {
            return cluster.nodes(Dialer::serves).commands().info().stream().toList();
        } catch (RedisException | IllegalStateException e) {
            metrics.failed(door);
            throw new StoreException(at("INFO") + e.getMessage(), e);
        }
    }

    private static String answered(@Nullable String text) throws StoreException {
        if (text == null) {
            throw new StoreException(at("INFO") + "Redis answered with nothing");
        }
        return text;
    }

    /** Like {@link #find}, on other commands, and {@code extra} longer: for calls that wait inside Redis. */
    <T> Optional<T> findBlocking(
            String key, RedisClusterAsyncCommands<String, byte[]> commands, Duration extra, Command<T> command)
            throws StoreException {
        return Optional.ofNullable(await(key, send(key, commands, command), timeout.plus(extra)));
    }

    <T> T run(ScriptCall<T> call) throws StoreException {
        List<T> one = runAll(List.of(call));
        return one.getFirst();
    }

    /** Runs scripts one behind the other without waiting in between; the first trouble ends it. */
    <T> List<T> runAll(List<ScriptCall<T>> calls) throws StoreException {
        List<T> answers = new ArrayList<>(calls.size());
        for (int from = 0; from < calls.size(); from += PIPELINE_MAX) {
            runSome(calls.subList(from, Math.min(calls.size(), from + PIPELINE_MAX)), answers);
        }
        return answers;
    }

    private <T> void runSome(List<ScriptCall<T>> calls, List<T> answers) throws StoreException {
        RedisClusterAsyncCommands<String, byte[]> commands = ready();
        List<Future<T>> sent = new ArrayList<>(calls.size());
        for (ScriptCall<T> call : calls) {
            sent.add(send(call.name(), commands, call::byDigest));
        }
        for (int i = 0; i < calls.size(); i++) {
            ScriptCall<T> call = calls.get(i);
            @Nullable T answer;
            try {
                answer = await(call.name(), sent.get(i), timeout);
            } catch (StoreException e) {
                if (!(e.getCause() instanceof RedisNoScriptException)) {
                    throw e;
                }
                // Redis restarted or its scripts were flushed: the text itself loads it again.
                answer = await(call.name(), send(call.name(), commands, call::byText), timeout);
            }
            if (answer == null) {
                throw new StoreException(at(call.name()) + "Redis answered with nothing");
            }
            answers.add(answer);
        }
    }

    private RedisClusterAsyncCommands<String, byte[]> ready() throws StoreException {
        try {
            return source.ready();
        } catch (StoreException e) {
            metrics.failed(door);
            throw e;
        }
    }

    private <T> Future<T> send(String key, RedisClusterAsyncCommands<String, byte[]> commands, Command<T> command)
            throws StoreException {
        try {
            return command.on(commands);
        } catch (RedisException | IllegalStateException e) {
            // The latter when the client is closed meanwhile.
            metrics.failed(door);
            throw new StoreException(at(key) + e.getMessage(), e);
        }
    }

    private <T> @Nullable T await(String key, Future<T> answer, Duration bound) throws StoreException {
        long started = System.nanoTime();
        try {
            T value = answer.get(bound.toNanos(), TimeUnit.NANOSECONDS);
            metrics.answered(door, System.nanoTime() - started);
            return value;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(key, told(String.valueOf(cause.getMessage())), cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(key, "Redis did not answer within " + bound.toMillis() + " ms", e);
        } catch (CancellationException e) {
            throw failed(key, "the connection to Redis was lost before the answer", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(key, "interrupted while waiting for Redis", e);
        }
    }

    private StoreException failed(String key, String why, Throwable cause) {
        if (!(cause instanceof RedisNoScriptException)) {
            metrics.failed(door);
        }
        return new StoreException(at(key) + why, cause);
    }

    private static String told(String message) {
        return isForbidden(message)
                ? message + " (the user of redis.url lacks this right: deploy/redis/users.acl has those of each role)"
                : message;
    }

    /** Redis 7 words it differently for a command and within a script, and from one release to the next. */
    static boolean isForbidden(String message) {
        return message.contains("NOPERM")
                || message.contains("ACL failure in script")
                || message.contains("user executing the script can't");
    }

    private static String at(String key) {
        return "store, key " + key + ": ";
    }

    /** Where commands come from. */
    interface Source {
        RedisClusterAsyncCommands<String, byte[]> ready() throws StoreException;
    }

    /** One command to send. */
    interface Command<T> {
        Future<T> on(RedisClusterAsyncCommands<String, byte[]> commands);
    }

    /**
     * One script with what it works on; the first key names it in messages.
     *
     * @param <T> what it answers
     */
    record ScriptCall<T>(Script script, ScriptOutputType type, List<String> keys, List<byte[]> args) {
        /** A script that answers with a status. */
        static ScriptCall<String> ofStatus(Script script, List<String> keys, List<byte[]> args) {
            return new ScriptCall<>(script, ScriptOutputType.STATUS, keys, args);
        }

        /** A script that answers with one text. */
        static ScriptCall<byte[]> ofText(Script script, List<String> keys, List<byte[]> args) {
            return new ScriptCall<>(script, ScriptOutputType.VALUE, keys, args);
        }

        /** A script that answers with a list of texts, in which null stands for nothing. */
        static ScriptCall<List<byte[]>> ofList(Script script, List<String> keys, List<byte[]> args) {
            return new ScriptCall<>(script, ScriptOutputType.MULTI, keys, args);
        }

        private String name() {
            return keys.getFirst();
        }

        private Future<T> byDigest(RedisClusterAsyncCommands<String, byte[]> commands) {
            return commands.evalsha(script.digest(), type, keys.toArray(String[]::new), args.toArray(byte[][]::new));
        }

        private Future<T> byText(RedisClusterAsyncCommands<String, byte[]> commands) {
            return commands.eval(script.text(), type, keys.toArray(String[]::new), args.toArray(byte[][]::new));
        }
    }
}
