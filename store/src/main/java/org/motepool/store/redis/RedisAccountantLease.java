package org.motepool.store.redis;

import java.time.Duration;
import java.util.List;
import org.motepool.store.AccountantLease;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** A key that expires, and beside it the highest token ever given, which the marks' script looks at. */
final class RedisAccountantLease implements AccountantLease {
    private final Calls calls;
    private final Fence fence;

    RedisAccountantLease(RedisLink link, Fence fence) {
        calls = link.calls("lease");
        this.fence = fence;
    }

    @Override
    public Answer take(String holder, Duration life) throws StoreException {
        if (holder.isBlank() || holder.length() > HOLDER_CHARACTERS_MAX) {
            throw new IllegalArgumentException("a holder's name has 1 to " + HOLDER_CHARACTERS_MAX + " characters");
        }
        List<byte[]> answer = calls.run(ScriptCall.ofList(
                Script.LEASE_TAKE,
                List.of(Keys.LEASE, Keys.LEASE_TOKEN),
                List.of(Script.arg(holder), Script.arg(life.toMillis()), Script.arg(fence.token()))));
        String word = Script.text(answer.getFirst());
        String first = Script.text(answer.get(1));
        long second = number(Script.text(answer.get(2)));
        if (word.equals("taken")) {
            return new Taken(first, Duration.ofMillis(Math.max(0, second)));
        }
        long token = number(first);
        fence.raise(token);
        return new Held(token, second);
    }

    @Override
    public void release(String holder) throws StoreException {
        calls.run(ScriptCall.ofText(Script.LEASE_RELEASE, List.of(Keys.LEASE), List.of(Script.arg(holder))));
    }

    private static long number(String text) throws StoreException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StoreException("the store's key " + Keys.LEASE_TOKEN + " holds no number", e);
        }
    }
}
