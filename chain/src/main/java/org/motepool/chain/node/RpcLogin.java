package org.motepool.chain.node;

import java.nio.file.Path;

/** How the pool proves itself to a node. No variant shows its secret in {@code toString}. */
public sealed interface RpcLogin {
    /** A fixed name and password, as {@code rpcauth} sets them up. */
    record UserPassword(String user, String password) implements RpcLogin {
        public UserPassword {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a node's user name cannot hold a colon");
            }
        }

        @Override
        public String toString() {
            return "user " + user;
        }
    }

    /** The file in which the node leaves a fresh login at each of its starts; read again whenever that is refused. */
    record CookieFile(Path path) implements RpcLogin {}

    /** For nodes behind a proxy that asks for nothing. */
    record None() implements RpcLogin {}
}
