package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.store.Requests;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests by id, their order of arrival beside them, and how many of each account wait. */
final class RedisRequests implements Requests {
    private static final Duration OUTCOME_LIFE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RedisRequests.class);

    private final Calls calls;

    RedisRequests(RedisLink link) {
        calls = link.calls("requests");
    }

    @Override
    public Taken append(Request request) throws StoreException {
        byte[] answer = calls.run(ScriptCall.ofText(
                Script.REQUEST_PUT,
                List.of(Keys.REQUESTS, Keys.REQUESTS_ORDER, Keys.REQUESTS_OF),
                List.of(
                        Script.arg(request.id()),
                        Json.write(request),
                        Script.arg(request.at()),
                        Script.arg(request.account().toString()),
                        Script.arg(WAITING_MAX),
                        Script.arg(WAITING_OF_ACCOUNT_MAX))));
        return switch (Script.text(answer)) {
            case "taken" -> Taken.TAKEN;
            case "account" -> Taken.ACCOUNT_FULL;
            default -> Taken.FULL;
        };
    }

    @Override
    public List<Request> waiting(int max) throws StoreException {
        int bounded = Math.min(max, WAITING_MAX);
        if (bounded <= 0) {
            return List.of();
        }
        List<byte[]> ids = calls.get(Keys.REQUESTS_ORDER, c -> c.zrange(Keys.REQUESTS_ORDER, 0, bounded - 1));
        if (ids.isEmpty()) {
            return List.of();
        }
        String[] fields = ids.stream().map(Script::text).toArray(String[]::new);
        List<Request> requests = new ArrayList<>(fields.length);
        for (KeyValue<String, byte[]> each : calls.get(Keys.REQUESTS, c -> c.hmget(Keys.REQUESTS, fields))) {
            Optional<byte[]> json = each.optional();
            if (json.isEmpty()) {
                drop(each.getKey());
                continue;
            }
            try {
                requests.add(Json.read(Keys.REQUESTS + " " + each.getKey(), json.get(), Request.class));
            } catch (StoreException e) {
                // Else it would be read first, and stop all others, for ever.
                LOG.error("a request is thrown away: {}", e.getMessage());
                drop(each.getKey());
            }
        }
        return List.copyOf(requests);
    }

    private void drop(String id) throws StoreException {
        calls.get(Keys.REQUESTS_ORDER, c -> c.zrem(Keys.REQUESTS_ORDER, Script.arg(id)));
        calls.get(Keys.REQUESTS, c -> c.hdel(Keys.REQUESTS, id));
    }

    @Override
    public boolean isWaiting(String id) throws StoreException {
        return calls.get(Keys.REQUESTS, c -> c.hexists(Keys.REQUESTS, id));
    }

    @Override
    public void settle(Request request, Outcome outcome) throws StoreException {
        String id = request.id();
        var _ = calls.run(ScriptCall.ofStatus(
                Script.REQUEST_SETTLE,
                List.of(Keys.REQUESTS, Keys.REQUESTS_ORDER, Keys.REQUESTS_OF, Keys.requestOutcome(id)),
                List.of(
                        Script.arg(id),
                        Script.arg(request.account().toString()),
                        Json.write(outcome),
                        Script.arg(OUTCOME_LIFE.toMillis()))));
    }

    @Override
    public Optional<Outcome> outcome(String id) throws StoreException {
        String key = Keys.requestOutcome(id);
        Optional<byte[]> json = calls.find(key, c -> c.get(key));
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(key, json.get(), Outcome.class));
    }
}
