package org.motepool.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script of this package, known to Redis by its digest.
 *
 * <p>Every script checks all it was given before its first write, for Redis undoes nothing. Numbers that may exceed 2^53
 * cross a script as decimal strings and are never computed with.
 *
 * @param name of its resource file
 * @param digest SHA-1 in hex, as EVALSHA wants it
 */
record Script(String name, String text, String digest) {
    static final Script IDENTITY = load("identity");
    static final Script MARKS = load("marks");
    static final Script LEASE_TAKE = load("lease-take");
    static final Script LEASE_RELEASE = load("lease-release");
    static final Script BALANCES_APPLY = load("balances-apply");
    static final Script BALANCES_READ = load("balances-read");
    static final Script BALANCES_SWITCH = load("balances-switch");
    static final Script BLOCK_PUT = load("block-put");
    static final Script NODE_PUT = load("node-put");
    static final Script WORKERS_PUT = load("workers-put");
    static final Script HISTORY_ADD = load("history-add");
    static final Script CREDITS_PUT = load("credits-put");
    static final Script BAN_PUT = load("ban-put");
    static final Script SESSION_KEEP = load("session-keep");
    static final Script SESSION_TAKE = load("session-take");
    static final Script REQUEST_PUT = load("request-put");
    static final Script REQUEST_SETTLE = load("request-settle");

    private static Script load(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + ".lua is missing from this build");
            }
            byte[] text = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(name, text(text), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An argument of a script. */
    static byte[] arg(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] arg(long number) {
        return arg(Long.toString(number));
    }

    /** What a script returned, as text. */
    static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
