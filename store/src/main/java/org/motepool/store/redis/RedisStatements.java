package org.motepool.store.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.store.Statements;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** Each account's newest lines by kind and subject, as its credits are kept, and one share. */
final class RedisStatements implements Statements {
    private static final Duration SHARE_LIFE = Duration.ofDays(366);

    private final Calls calls;

    RedisStatements(RedisLink link) {
        calls = link.calls("statements");
    }

    @Override
    public void put(List<Line> lines) throws StoreException {
        Map<AccountId, List<byte[]>> byAccount = new LinkedHashMap<>();
        for (Line line : lines) {
            List<byte[]> args = byAccount.computeIfAbsent(
                    line.account(), account -> new ArrayList<>(List.of(Script.arg(-(LINES_KEPT_MAX + 1)))));
            args.add(Script.arg(line.kind() + " " + line.subject()));
            args.add(Script.arg(line.at()));
            args.add(Json.write(line));
        }
        List<ScriptCall<String>> all = new ArrayList<>(byAccount.size());
        byAccount.forEach((account, args) -> all.add(ScriptCall.ofStatus(
                Script.CREDITS_PUT, List.of(Keys.statement(account), Keys.statementNewest(account)), args)));
        calls.runAll(all);
    }

    @Override
    public List<Line> lines(AccountId account, int max) throws StoreException {
        String list = Keys.statementNewest(account);
        int bounded = Math.min(max, LINES_KEPT_MAX);
        if (bounded <= 0) {
            return List.of();
        }
        List<byte[]> subjects = calls.get(list, c -> c.zrevrange(list, 0, bounded - 1));
        if (subjects.isEmpty()) {
            return List.of();
        }
        String key = Keys.statement(account);
        String[] fields = subjects.stream().map(Script::text).toArray(String[]::new);
        List<Line> lines = new ArrayList<>(fields.length);
        for (KeyValue<String, byte[]> line : calls.get(key, c -> c.hmget(key, fields))) {
            Optional<byte[]> json = line.optional();
            // Absent: a newer one has just taken its place.
            if (json.isPresent()) {
                lines.add(Json.read(key + " " + line.getKey(), json.get(), Line.class));
            }
        }
        return List.copyOf(lines);
    }

    @Override
    public void putShares(List<ShareProof> shares) throws StoreException {
        for (ShareProof share : shares) {
            String key = Keys.share(share.account());
            byte[] json = Json.write(share);
            calls.get(key, c -> c.set(key, json, SetArgs.Builder.px(SHARE_LIFE)));
        }
    }

    @Override
    public Optional<ShareProof> share(AccountId account) throws StoreException {
        String key = Keys.share(account);
        Optional<byte[]> json = calls.find(key, c -> c.get(key));
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(key, json.get(), ShareProof.class));
    }
}
