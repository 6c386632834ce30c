package org.motepool.chain.node;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a node is and how to talk to it. Checks itself; shows no password.
 *
 * @param url of its RPC, {@code http} or {@code https}, without user and password
 * @param connectTimeout for the connection
 * @param requestTimeout for the whole of an answer; long polls have their own
 * @param zmqHashBlock its {@code zmqpubhashblock} endpoint, as {@code tcp://127.0.0.1:28332}
 */
public record NodeSettings(
        URI url, RpcLogin login, Duration connectTimeout, Duration requestTimeout, Optional<String> zmqHashBlock) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** A loaded node takes seconds to validate a submitted block before it answers. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    public NodeSettings {
        String scheme = url.getScheme();
        if (scheme == null || !(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException("a node's url is http://HOST:PORT, not " + withoutLogin(url));
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the node's password stands in the url; use NodeSettings.of");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero() || requestTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException("a node's timeouts must be positive, the request's not under the"
                    + " connection's: " + connectTimeout + ", " + requestTimeout);
        }
        zmqHashBlock.ifPresent(NodeSettings::requireZmq);
    }

    /**
     * The settings as a config file words them.
     *
     * @param url may carry {@code user:password@}, percent-encoded where needed
     * @param cookieFile used when the url carries no login
     * @throws IllegalArgumentException saying what is wrong, without the password
     */
    public static NodeSettings of(String url, Optional<Path> cookieFile, Optional<String> zmqHashBlock) {
        URI uri = parse(url);
        RpcLogin login = login(uri, cookieFile);
        return new NodeSettings(URI.create(withoutLogin(uri)), login, CONNECT_TIMEOUT, REQUEST_TIMEOUT, zmqHashBlock);
    }

    private static URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            // The cause is left out: its message repeats the whole url, password included.
            throw new IllegalArgumentException("a node's url cannot be read; it is http://USER:PASSWORD@HOST:PORT,"
                    + " with other characters than letters and digits percent-encoded");
        }
    }

    private static RpcLogin login(URI uri, Optional<Path> cookieFile) {
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return cookieFile.<RpcLogin>map(RpcLogin.CookieFile::new).orElseGet(RpcLogin.None::new);
        }
        int colon = userInfo.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the url of node " + uri.getHost() + " has a user but no password");
        }
        return new RpcLogin.UserPassword(decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
    }

    /** Percent-decoding alone: a plus in a password is a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String withoutLogin(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url.toString() : url.toString().replace(userInfo + "@", "");
    }

    private static void requireZmq(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a node's ZMQ endpoint is tcp://HOST:PORT, not " + endpoint, e);
        }
        if (!"tcp".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("a node's ZMQ endpoint is tcp://HOST:PORT, not " + endpoint);
        }
    }

    /** The same with other timeouts. */
    public NodeSettings withTimeouts(Duration connect, Duration request) {
        return new NodeSettings(url, login, connect, request, zmqHashBlock);
    }

    /** For logs and pages. */
    public String name() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
