package org.motepool.devices.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a load goes and from where.
 *
 * @param connections that log in and stay
 * @param users names to authorize, taken in turn
 * @param usersEach so many of them a connection
 * @param sources local addresses to dial from, in turn; empty for the machine's own choice
 * @param agent what each connection says it is; no quotes and no backslashes
 */
public record LoadSettings(
        String host, int port, int connections, List<String> users, int usersEach, List<String> sources, String agent) {
    /** Of no family that pools know. */
    public static final String AGENT = "mote-bench/1";

    public static final int CONNECTIONS_MAX = 100_000;

    public LoadSettings {
        users = List.copyOf(users);
        sources = List.copyOf(sources);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("1 to " + CONNECTIONS_MAX + " connections, not " + connections);
        }
        if (!agent.matches("[ -!#-\\[\\]-~]{0,80}")) {
            throw new IllegalArgumentException("an agent is printable ASCII without quotes or backslashes");
        }
        if (users.isEmpty() || usersEach < 1) {
            throw new IllegalArgumentException("a load needs a user");
        }
    }

    /** The same load on another port of that host. */
    public LoadSettings to(int otherPort) {
        return new LoadSettings(host, otherPort, connections, users, usersEach, sources, agent);
    }

    /** What connection so-and-so authorizes. */
    List<String> usersOf(int connection) {
        List<String> own = new ArrayList<>(usersEach);
        for (int i = 0; i < usersEach; i++) {
            own.add(users.get((int) (((long) connection * usersEach + i) % users.size())));
        }
        return own;
    }
}
