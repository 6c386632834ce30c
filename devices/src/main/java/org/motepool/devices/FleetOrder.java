package org.motepool.devices;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.bytes.Bytes;

/**
 * Which devices a swarm is asked for, as a person writes it: {@code nerdminer=500,leafminer=200,bitaxe:1T=2}. A kind
 * without a rate gets the rates of such boards, spread between the slowest and the fastest. Immutable.
 */
public final class FleetOrder {
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9-]+)(?::([0-9.]+)([kMGT]?))?=([0-9]{1,6})");
    private static final Map<String, Double> UNITS = Map.of("", 1.0, "k", 1e3, "M", 1e6, "G", 1e9, "T", 1e12);
    private static final int WORKERS_PER_ACCOUNT = 10;

    /** Names that stand for more than one board, or for one under another name. */
    private static final Map<String, List<TwinKind>> OTHER_NAMES = Map.of(
            "leafminer", List.of(TwinKind.LEAFMINER_ESP8266, TwinKind.LEAFMINER_ESP32),
            "cpuminer", List.of(TwinKind.MINERD));

    /** Of {@code all=N} every kind gets so many parts; the boards with chips few, since they cost a machine most. */
    private static final Map<TwinKind, Integer> PARTS = parts();

    private record Entry(String group, List<TwinKind> kinds, double rateMin, double rateMax, int count) {}

    private final List<Entry> entries;

    private FleetOrder(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private static Map<TwinKind, Integer> parts() {
        Map<TwinKind, Integer> parts = new LinkedHashMap<>();
        for (TwinKind kind : TwinKind.values()) {
            parts.put(kind, kind.rateMin() >= 1e9 ? 1 : kind.buffers() == TwinKind.Buffers.MICRO ? 20 : 12);
        }
        return parts;
    }

    /** Reads an order; an IllegalArgumentException says what is wrong and what could stand there. */
    public static FleetOrder parse(String text) {
        List<Entry> entries = new ArrayList<>();
        Set<String> groups = new HashSet<>();
        int total = 0;
        for (String part : text.split(",", -1)) {
            Matcher matcher = ENTRY.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + part.strip()
                        + "\" is no KIND=COUNT or KIND:RATE=COUNT, such as nerdminer=500 or nerdminer:400k=500");
            }
            int count = Integer.parseInt(matcher.group(4));
            total += count;
            if (count < 1 || total > SwarmSettings.TWINS_MAX) {
                throw new IllegalArgumentException(
                        "a swarm has 1 to " + SwarmSettings.TWINS_MAX + " devices, and at least 1 of each kind named");
            }
            for (Entry entry : entries(matcher, count)) {
                if (!groups.add(entry.group())) {
                    throw new IllegalArgumentException("\"" + entry.group() + "\" is named twice");
                }
                entries.add(entry);
            }
        }
        return new FleetOrder(entries);
    }

    private static List<Entry> entries(Matcher matcher, int count) {
        String name = matcher.group(1);
        if (name.equals("all") && matcher.group(2) == null) {
            return ofAll(count);
        }
        List<TwinKind> kinds =
                OTHER_NAMES.getOrDefault(name, TwinKind.ofId(name).map(List::of).orElse(List.of()));
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("there is no device \"" + name + "\"; there are " + names());
        }
        if (matcher.group(2) == null) {
            return List.of(new Entry(name, kinds, 0, 0, count));
        }
        double rate = rate(matcher.group(2), matcher.group(3));
        return List.of(new Entry(name, kinds, rate, rate, count));
    }

    private static double rate(String digits, String unit) {
        try {
            double rate = Double.parseDouble(digits) * UNITS.getOrDefault(unit, 1.0);
            if (rate >= 1) {
                return rate;
            }
        } catch (NumberFormatException several) {
            // Two points, or nothing but a point.
        }
        throw new IllegalArgumentException(
                "\"" + digits + unit + "\" is no rate: hashes a second, at least 1, such as 400k, 2G");
    }

    private static List<Entry> ofAll(int count) {
        if (count < PARTS.size()) {
            throw new IllegalArgumentException(
                    "all kinds are " + PARTS.size() + ", which " + count + " devices are not");
        }
        int partsInAll = PARTS.values().stream().mapToInt(Integer::intValue).sum();
        List<Entry> entries = new ArrayList<>();
        int left = count - PARTS.size();
        int partsLeft = partsInAll;
        for (Map.Entry<TwinKind, Integer> each : PARTS.entrySet()) {
            int more = Math.round((float) left * each.getValue() / partsLeft);
            left -= more;
            partsLeft -= each.getValue();
            entries.add(new Entry(each.getKey().id(), List.of(each.getKey()), 0, 0, 1 + more));
        }
        return entries;
    }

    /** Every name that an order may use, for help texts. */
    public static String names() {
        return Arrays.stream(TwinKind.values()).map(TwinKind::id).collect(Collectors.joining(", "))
                + ", leafminer (half ESP8266, half ESP32), cpuminer (minerd), all";
    }

    public int devices() {
        return entries.stream().mapToInt(Entry::count).sum();
    }

    /**
     * The devices. The same seed gives the same rates.
     *
     * @param accounts payout addresses, at least one; devices are dealt to them in turn
     */
    public List<TwinSpec> specs(List<String> accounts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TwinSpec> specs = new ArrayList<>();
        for (Entry entry : entries) {
            for (int i = 0; i < entry.count(); i++) {
                TwinKind kind = entry.kinds().get(i % entry.kinds().size());
                double rate = entry.rateMin() > 0 ? entry.rateMin() : between(kind.rateMin(), kind.rateMax(), random);
                String user = accounts.get(specs.size() % accounts.size()) + "." + kind.id() + "-" + i;
                specs.add(new TwinSpec(kind, rate, user, kind.usualPassword(), entry.group()));
            }
        }
        return List.copyOf(specs);
    }

    /** Made-up accounts for a pool whose money is worth nothing; they belong to nobody. */
    public List<String> madeUpAccounts(Network network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < Math.max(1, devices() / WORKERS_PER_ACCOUNT); i++) {
            byte[] keyHash = new byte[20];
            random.nextBytes(keyHash);
            accounts.add(PayoutAddress.ofWitnessKeyHash(Bytes.copyOf(keyHash), network)
                    .canonical());
        }
        return accounts;
    }

    /** A whole rate, as likely in any octave between the two. */
    static double between(double least, double most, SplittableRandom random) {
        return least == most ? least : Math.rint(Math.exp(random.nextDouble(Math.log(least), Math.log(most))));
    }
}
