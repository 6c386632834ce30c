package org.motepool.devices;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;

/**
 * Makes up the devices of the demo: a household's and a club's mix of boards, on a handful of accounts that each have
 * several named workers. The same seed gives the same fleet.
 */
public final class DemoFleet {
    /** An ASIC twin hashes 30,518 times a second in earnest at S = 16: a machine has room for a few. */
    static final int BITAXES_MAX = 4;

    /** Repeated until the fleet is full; of 24 devices three of each. */
    private static final List<TwinKind> MIX = List.of(
            TwinKind.NERDMINER,
            TwinKind.MINERD,
            TwinKind.LEAFMINER_ESP32,
            TwinKind.BITAXE,
            TwinKind.BITSYMINER,
            TwinKind.LEAFMINER_ESP8266,
            TwinKind.CPUMINER_OPT,
            TwinKind.SPARKMINER);

    private static final int WORKERS_PER_ACCOUNT = 5;
    private static final int ACCOUNTS_MAX = 200;
    private static final List<String> PLACES = List.of(
            "kitchen", "attic", "garage", "desk", "shelf", "window", "hall", "studio", "cellar", "balcony", "lamp",
            "office");

    private DemoFleet() {}

    /** Devices of the demo; addresses carry the prefix of {@code network} and belong to nobody. */
    public static List<TwinSpec> specs(int devices, long seed, Network network) {
        SplittableRandom random = new SplittableRandom(seed);
        int accountCount = Math.clamp((devices + WORKERS_PER_ACCOUNT - 1) / WORKERS_PER_ACCOUNT, 1, ACCOUNTS_MAX);
        List<PayoutAddress> accounts = new ArrayList<>();
        for (int i = 0; i < accountCount; i++) {
            byte[] keyHash = new byte[20];
            random.nextBytes(keyHash);
            accounts.add(PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(keyHash), network));
        }
        List<TwinSpec> specs = new ArrayList<>();
        int bitaxes = 0;
        for (int i = 0; i < devices; i++) {
            TwinKind kind = MIX.get(i % MIX.size());
            if (kind == TwinKind.BITAXE && ++bitaxes > BITAXES_MAX) {
                kind = TwinKind.NERDMINER;
            }
            int nth = i / accountCount;
            String place = PLACES.get(nth % PLACES.size());
            String worker = nth < PLACES.size() ? place : place + nth / PLACES.size();
            String userName = accounts.get(i % accountCount).canonical() + "." + worker;
            specs.add(new TwinSpec(kind, rate(kind, random), userName, "x"));
        }
        return List.copyOf(specs);
    }

    /** Sum of the nominal rates, hashes per second: what a demo chain's first difficulty is made from. */
    public static double nominalHashesPerSecond(List<TwinSpec> specs) {
        return specs.stream().mapToDouble(TwinSpec::nominalHashesPerSecond).sum();
    }

    private static double rate(TwinKind kind, SplittableRandom random) {
        // The slowest boards need 10 s for one share of the lowest level; the demo shows the quicker half.
        double least = kind == TwinKind.LEAFMINER_ESP8266 ? 14e3 : kind.rateMin();
        return FleetOrder.between(least, kind.rateMax(), random);
    }
}
