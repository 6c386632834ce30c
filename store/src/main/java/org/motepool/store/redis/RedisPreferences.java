package org.motepool.store.redis;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.store.Preferences;
import org.motepool.store.StoreException;

/** Each account's decisions as one value. */
final class RedisPreferences implements Preferences {
    private final Calls calls;

    RedisPreferences(RedisLink link) {
        calls = link.calls("preferences");
    }

    @Override
    public void put(List<Standing> standings) throws StoreException {
        for (Standing standing : standings) {
            String key = Keys.preferences(standing.account());
            byte[] json = Json.write(standing);
            calls.get(key, c -> c.set(key, json));
        }
    }

    @Override
    public Optional<Standing> read(AccountId account) throws StoreException {
        String key = Keys.preferences(account);
        Optional<byte[]> json = calls.find(key, c -> c.get(key));
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(key, json.get(), Standing.class));
    }
}
