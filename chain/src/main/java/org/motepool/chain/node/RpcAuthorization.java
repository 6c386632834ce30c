package org.motepool.chain.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the Authorization header and keeps it until the node refuses it. Thread-safe. */
final class RpcAuthorization {
    /** Core's cookie has 75 bytes. */
    private static final int COOKIE_BYTES_MAX = 512;

    private final RpcLogin login;
    private volatile @Nullable String header;

    RpcAuthorization(RpcLogin login) {
        this.login = login;
    }

    /** Empty when the node asks for nothing. */
    Optional<String> header() throws IOException {
        String known = header;
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> fresh = switch (login) {
            case RpcLogin.UserPassword user -> Optional.of(basic(user.user() + ":" + user.password()));
            case RpcLogin.CookieFile cookie -> Optional.of(basic(read(cookie.path())));
            case RpcLogin.None none -> Optional.empty();
        };
        header = fresh.orElse(null);
        return fresh;
    }

    /**
     * Forgets what the node refused.
     *
     * @return whether another try may do better: a cookie changes with every start of the node
     */
    boolean refused() {
        header = null;
        return login instanceof RpcLogin.CookieFile;
    }

    private static String read(Path cookie) throws IOException {
        try (InputStream in = Files.newInputStream(cookie)) {
            String text = new String(in.readNBytes(COOKIE_BYTES_MAX + 1), StandardCharsets.UTF_8).strip();
            if (text.length() > COOKIE_BYTES_MAX || text.indexOf(':') < 1) {
                throw new IOException("the cookie file " + cookie + " holds no login; is it the node's .cookie file?");
            }
            return text;
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("the cookie file " + cookie + " is not there; is the node running?", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException("the cookie file " + cookie + " may not be read by this user", e);
        }
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
