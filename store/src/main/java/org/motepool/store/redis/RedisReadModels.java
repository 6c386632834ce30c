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
import org.motepool.store.ReadModels;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** Each account's newest credits, by block, and payout's state as one value. */
final class RedisReadModels implements ReadModels {
    /** A plan is for the eyes of those who were there; the journal keeps it for ever. */
    private static final Duration PLAN_LIFE = Duration.ofDays(366);

    /** It is told again four times a minute; where notices are switched off it goes by itself. */
    private static final Duration NOTICE_KEY_LIFE = Duration.ofMinutes(10);

    private final Calls calls;

    RedisReadModels(RedisLink link) {
        calls = link.calls("models");
    }

    @Override
    public void putCredits(List<Credit> credits) throws StoreException {
        Map<AccountId, List<byte[]>> byAccount = new LinkedHashMap<>();
        for (Credit credit : credits) {
            List<byte[]> args = byAccount.computeIfAbsent(
                    credit.account(), account -> new ArrayList<>(List.of(Script.arg(-(CREDITS_KEPT_MAX + 1)))));
            args.add(Script.arg(credit.blockHash()));
            args.add(Script.arg(credit.at()));
            args.add(Json.write(credit));
        }
        List<ScriptCall<String>> all = new ArrayList<>(byAccount.size());
        byAccount.forEach((account, args) -> all.add(ScriptCall.ofStatus(
                Script.CREDITS_PUT, List.of(Keys.credits(account), Keys.creditsNewest(account)), args)));
        calls.runAll(all);
    }

    @Override
    public List<Credit> credits(AccountId account, int max) throws StoreException {
        String list = Keys.creditsNewest(account);
        int bounded = Math.min(max, CREDITS_KEPT_MAX);
        if (bounded <= 0) {
            return List.of();
        }
        List<byte[]> hashes = calls.get(list, c -> c.zrevrange(list, 0, bounded - 1));
        if (hashes.isEmpty()) {
            return List.of();
        }
        String key = Keys.credits(account);
        String[] fields = hashes.stream().map(Script::text).toArray(String[]::new);
        List<Credit> credits = new ArrayList<>(fields.length);
        for (KeyValue<String, byte[]> credit : calls.get(key, c -> c.hmget(key, fields))) {
            Optional<byte[]> json = credit.optional();
            // Absent: a newer credit has just taken its place.
            if (json.isPresent()) {
                credits.add(Json.read(key + " " + credit.getKey(), json.get(), Credit.class));
            }
        }
        return List.copyOf(credits);
    }

    @Override
    public void putPlan(Plan plan) throws StoreException {
        String key = Keys.plan(plan.blockHash());
        byte[] json = Json.write(plan);
        calls.get(key, c -> c.set(key, json, SetArgs.Builder.px(PLAN_LIFE)));
    }

    @Override
    public Optional<Plan> plan(String blockHash) throws StoreException {
        String key = Keys.plan(blockHash);
        Optional<byte[]> json = calls.find(key, c -> c.get(key));
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(key, json.get(), Plan.class));
    }

    @Override
    public void putPayoutState(PayoutState state) throws StoreException {
        byte[] json = Json.write(state);
        calls.get(Keys.PAYOUT, c -> c.set(Keys.PAYOUT, json));
    }

    @Override
    public Optional<PayoutState> payoutState() throws StoreException {
        Optional<byte[]> json = calls.find(Keys.PAYOUT, c -> c.get(Keys.PAYOUT));
        return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(Keys.PAYOUT, json.get(), PayoutState.class));
    }

    @Override
    public void putNoticeKey(String noticeKey) throws StoreException {
        byte[] text = Script.arg(noticeKey);
        calls.get(Keys.NOTICE_KEY, c -> c.set(Keys.NOTICE_KEY, text, SetArgs.Builder.px(NOTICE_KEY_LIFE)));
    }

    @Override
    public Optional<String> noticeKey() throws StoreException {
        return calls.find(Keys.NOTICE_KEY, c -> c.get(Keys.NOTICE_KEY)).map(Script::text);
    }
}
