package org.motepool.store.redis;

import java.util.Optional;
import org.motepool.store.ChainStatus;
import org.motepool.store.StoreException;

/** The chain's view as one value. */
final class RedisChainStatus implements ChainStatus {
    private final Calls calls;

    RedisChainStatus(RedisLink link) {
        calls = link.calls("chain");
    }

    @Override
    public void publish(View view) throws StoreException {
        byte[] json = Json.write(view);
        calls.get(Keys.CHAIN, c -> c.set(Keys.CHAIN, json));
    }

    @Override
    public Optional<View> read() throws StoreException {
        Optional<byte[]> json = calls.find(Keys.CHAIN, c -> c.get(Keys.CHAIN));
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(Keys.CHAIN, json.get(), View.class));
    }
}
