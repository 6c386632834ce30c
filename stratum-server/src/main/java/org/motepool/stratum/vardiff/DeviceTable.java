package org.motepool.stratum.vardiff;

import static org.motepool.stratum.vardiff.DeviceClass.ASIC;
import static org.motepool.stratum.vardiff.DeviceClass.CPU;
import static org.motepool.stratum.vardiff.DeviceClass.MICRO;
import static org.motepool.stratum.vardiff.DeviceClass.UNKNOWN;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motepool.core.work.Level;
import org.motepool.stratum.v1.UserAgent;

/** Which user agents are known. To teach the pool a new device, add a line. */
public final class DeviceTable {
    /** Anything else: a low level that rises fast, since a slow device cannot show itself at a high one. */
    public static final Device UNKNOWN_DEVICE = device("other", UNKNOWN, 16);

    /** The first prefix that fits decides; case does not matter. */
    private static final List<Entry> ENTRIES = List.of(
            // prefix            family         class  first level: about a share in 5 s
            entry("NerdMiner", device("nerdminer", MICRO, 19)),
            entry("HAN_SOLO", device("nerdminer", MICRO, 19)),
            entry("LeafMiner", leafMiner()),
            entry("QMiner", device("bitsyminer", MICRO, 21)),
            entry("BitsyMiner", device("bitsyminer", MICRO, 21)),
            entry("SparkMiner", device("sparkminer", MICRO, 21)),
            entry("NMMiner", device("nmminer", MICRO, 21)),
            entry("bitaxe", device("bitaxe", ASIC, 40)),
            entry("NerdQAxe", device("nerdqaxe", ASIC, 40)),
            entry("NerdAxe", device("nerdqaxe", ASIC, 40)),
            entry("NerdOCTAXE", device("nerdqaxe", ASIC, 40)),
            entry("NMAxe", device("nmaxe", ASIC, 40)),
            entry("PiAxe", device("piaxe", ASIC, 40)),
            entry("cpuminer", device("cpuminer", CPU, 23)),
            // The pool's own page: a tenth of one core at first; it suggests what it measured.
            entry("motepool-browser", device("browser", CPU, 20)),
            entry("cgminer", device("cgminer", ASIC, 40)),
            entry("bfgminer", device("bfgminer", ASIC, 36)));

    private DeviceTable() {}

    public static Device of(UserAgent agent) {
        String name = agent.value().toLowerCase(Locale.ROOT);
        for (Entry entry : ENTRIES) {
            if (name.startsWith(entry.prefix())) {
                return entry.device();
            }
        }
        return UNKNOWN_DEVICE;
    }

    /** @param hint what the listener is for; it counts for a device that is not in the table */
    public static Device of(UserAgent agent, Optional<DeviceClass> hint) {
        Device known = of(agent);
        return known.equals(UNKNOWN_DEVICE) && hint.isPresent() ? unnamed(hint.get()) : known;
    }

    /** A device that is not in the table, of a class that it is taken for. */
    public static Device unnamed(DeviceClass deviceClass) {
        int firstLevel = switch (deviceClass) {
            case MICRO -> 19;
            case CPU -> 23;
            case ASIC -> 40;
            case UNKNOWN -> UNKNOWN_DEVICE.firstLevel().value();
        };
        return device(UNKNOWN_DEVICE.family(), deviceClass, firstLevel);
    }

    private static Entry entry(String prefix, Device device) {
        return new Entry(prefix.toLowerCase(Locale.ROOT), device);
    }

    private static Device device(String family, DeviceClass deviceClass, int firstLevel) {
        return new Device(family, deviceClass, new Level(firstLevel), true, Duration.ZERO, false);
    }

    /** ESP8266 and ESP32 under one name, hence the lowest level; reads one line per TCP segment. */
    private static Device leafMiner() {
        return new Device("leafminer", MICRO, Level.MIN, false, Duration.ofMillis(50), true);
    }

    private record Entry(String prefix, Device device) {}
}
