package org.motepool.dashboards.page;

import org.motepool.dashboards.PoolPort;
import org.motepool.dashboards.http.ContentPolicy;

/** What the page that mines may do beyond all others: reach the pool's port, compile WebAssembly, run a worker. Stateless. */
final class MinePolicy {
    private static final String COMPILE = "'wasm-unsafe-eval'";

    private MinePolicy() {}

    /** @param host as the reader's browser names the pool's; browsers know no IPv6 addresses here, so then it is any host */
    static ContentPolicy ofPage(String host, PoolPort port) {
        String where = (host.matches("[A-Za-z0-9.-]+") ? host : "*") + ":" + port.port();
        return ContentPolicy.STANDING
                .with("connect-src", "'self'", "ws://" + where, "wss://" + where)
                .with("script-src", "'self'", COMPILE)
                .with("worker-src", "'self'");
    }

    /** A worker is held to the policy that its own file comes with: it loads nothing and talks to nobody but its page. */
    static ContentPolicy ofWorker() {
        return ContentPolicy.STANDING.with("default-src", "'none'").with("script-src", COMPILE);
    }
}
