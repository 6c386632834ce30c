package org.motepool.stratum.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pages of which sites may mine here. By default those of any: a connection has no cookie and no right that its address
 * would lend it, it mines for the address that it names. A client that is no browser sends no origin and may always.
 *
 * @param allowed as browsers write them, {@code https://pool.example}; empty allows all
 */
public record OriginPolicy(List<String> allowed) {
    public static final OriginPolicy ANY = new OriginPolicy(List.of());

    public OriginPolicy {
        allowed = allowed.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
    }

    boolean allows(Optional<String> origin) {
        return allowed.isEmpty()
                || origin.isEmpty()
                || allowed.contains(origin.get().toLowerCase(Locale.ROOT));
    }
}
