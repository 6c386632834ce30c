package org.motepool.store.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.motepool.store.StoreException;
import org.motepool.store.redis.Calls.ScriptCall;

/** Looks whether a Redis server can carry the store, and whether the store in it is this pool's. */
final class ServerCheck {
    private static final int MAJOR_MIN = 6;
    private static final int MINOR_MIN = 2;

    private ServerCheck() {}

    /** Blocks for a few calls; throws when the server does not answer. */
    static Outcome check(Calls calls, RedisSettings settings) throws StoreException {
        for (String info : calls.infos()) {
            if (checkServer(info, settings.place()) instanceof Refused refused) {
                return refused;
            }
        }
        return checkIdentity(calls, settings);
    }

    static Outcome checkServer(String info, String place) {
        String at = "the Redis at " + place + " ";
        String version = field(info, "redis_version");
        if (!isEnough(version)) {
            return new Refused(
                    at + "is version " + version + "; Motepool needs " + MAJOR_MIN + "." + MINOR_MIN + " or newer",
                    "upgrade it, or name another in the store's uri");
        }
        if (!field(info, "role").equals("master")) {
            return new Refused(at + "is a replica and takes no writes", "name its master in the store's uri");
        }
        String policy = field(info, "maxmemory_policy");
        if (!policy.equals("noeviction")) {
            return new Refused(
                    at + "throws data away when memory runs short (maxmemory-policy " + policy + ")",
                    "set 'maxmemory-policy noeviction' in its redis.conf"
                            + " and run 'redis-cli CONFIG SET maxmemory-policy noeviction'");
        }
        return new Fits();
    }

    private static List<byte[]> readOrMakeIdentity(Calls calls, RedisSettings settings) throws StoreException {
        try {
            return calls.run(ScriptCall.ofList(
                    Script.IDENTITY,
                    List.of(Keys.IDENTITY),
                    List.of(Script.arg(Keys.SCHEMA), Script.arg(settings.network()), Script.arg(settings.shards()))));
        } catch (StoreException e) {
            if (Calls.isForbidden(String.valueOf(e.getMessage()))) {
                throw new StoreException(
                        "there is no store yet in the Redis at " + settings.place() + ", or none for the user of"
                                + " redis.url; a stratum or payout process makes it",
                        e);
            }
            throw e;
        }
    }

    private static Outcome checkIdentity(Calls calls, RedisSettings settings) throws StoreException {
        List<byte[]> found = readOrMakeIdentity(calls, settings);
        List<String> identity = new ArrayList<>();
        for (byte @Nullable [] value : found) {
            identity.add(value == null ? "nothing" : Script.text(value));
        }
        return checkIdentity(identity, settings);
    }

    /** @param identity layout, network, shards */
    static Outcome checkIdentity(List<String> identity, RedisSettings settings) {
        String at = "the store in Redis at " + settings.place() + " ";
        if (!identity.get(0).equals(Keys.SCHEMA)) {
            return new Refused(
                    at + "has layout " + identity.get(0) + ", this version reads " + Keys.SCHEMA,
                    "run the version that wrote it, or use another Redis database");
        }
        if (!identity.get(1).equals(settings.network())) {
            return new Refused(
                    at + "belongs to network " + identity.get(1) + ", this pool to " + settings.network(),
                    "give each network a Redis database of its own");
        }
        if (!identity.get(2).equals(Integer.toString(settings.shards()))) {
            return new Refused(
                    at + "was created with " + identity.get(2) + " shards, configured are " + settings.shards(),
                    "the number is fixed at creation, set it back");
        }
        return new Fits();
    }

    private static boolean isEnough(String version) {
        String[] parts = version.split("\\.", 3);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return major > MAJOR_MIN || (major == MAJOR_MIN && minor >= MINOR_MIN);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** What the check found. */
    sealed interface Outcome {}

    /** The store may be used. */
    record Fits() implements Outcome {}

    /**
     * @param what is wrong, and where
     * @param mend how to put it right
     */
    record Refused(String what, String mend) implements Outcome {
        String message() {
            return what + ": " + mend;
        }
    }
}
