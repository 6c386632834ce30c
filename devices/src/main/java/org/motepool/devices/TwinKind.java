package org.motepool.devices;

import java.util.Arrays;
import java.util.Optional;
import org.motepool.devices.firmware.Bfgminer;
import org.motepool.devices.firmware.Bitaxe;
import org.motepool.devices.firmware.BitsyMiner;
import org.motepool.devices.firmware.Board;
import org.motepool.devices.firmware.Cgminer;
import org.motepool.devices.firmware.CpuminerOpt;
import org.motepool.devices.firmware.Firmware;
import org.motepool.devices.firmware.LeafMiner;
import org.motepool.devices.firmware.LeafMiner.Variant;
import org.motepool.devices.firmware.Minerd;
import org.motepool.devices.firmware.NerdMiner;
import org.motepool.devices.firmware.NerdQaxe;
import org.motepool.devices.firmware.NmAxe;
import org.motepool.devices.firmware.PiAxe;
import org.motepool.devices.firmware.SparkMiner;

/** The boards that there are twins of, each a hardware with its firmware, and the rates that such boards have. */
public enum TwinKind {
    // id                              buffers  hashes a second
    NERDMINER("nerdminer", Buffers.MICRO, 80e3, 550e3),
    LEAFMINER_ESP8266("leafminer-esp8266", Buffers.MICRO, 7e3, 21e3),
    LEAFMINER_ESP32("leafminer-esp32", Buffers.MICRO, 19e3, 80e3),
    LEAFMINER_MASTER("leafminer-master", Buffers.MICRO, 19e3, 80e3),
    BITSYMINER("bitsyminer", Buffers.MICRO, 600e3, 750e3),
    SPARKMINER("sparkminer", Buffers.MICRO, 300e3, 700e3),
    BITAXE("bitaxe", Buffers.LARGE, 2e9, 2e9),
    NERDQAXE("nerdqaxe", Buffers.LARGE, 2e9, 2e9),
    NMAXE("nmaxe", Buffers.LARGE, 2e9, 2e9),
    PIAXE("piaxe", Buffers.LARGE, 2e9, 2e9),
    MINERD("minerd", Buffers.LARGE, 1e6, 100e6),
    CPUMINER_OPT("cpuminer-opt", Buffers.LARGE, 1e6, 100e6),
    CGMINER("cgminer", Buffers.LARGE, 2e9, 2e9),
    BFGMINER("bfgminer", Buffers.LARGE, 2e9, 2e9);

    /** What a line may weigh for such boards. */
    enum Buffers {
        MICRO,
        LARGE
    }

    private final String id;
    private final Buffers buffers;
    private final double rateMin;
    private final double rateMax;

    TwinKind(String id, Buffers buffers, double rateMin, double rateMax) {
        this.id = id;
        this.buffers = buffers;
        this.rateMin = rateMin;
        this.rateMax = rateMax;
    }

    static Optional<TwinKind> ofId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    /** The name in reports and options. */
    public String id() {
        return id;
    }

    Buffers buffers() {
        return buffers;
    }

    /** The slowest of such boards, nominal hashes a second; of boards with mining chips the rate of a twin. */
    double rateMin() {
        return rateMin;
    }

    double rateMax() {
        return rateMax;
    }

    /** What their owners leave in the password field. */
    String usualPassword() {
        return switch (this) {
            case LEAFMINER_ESP8266, LEAFMINER_ESP32, LEAFMINER_MASTER -> "";
            default -> "x";
        };
    }

    /** It reports the best share of so many nominal hashes. */
    int nominalHashesPerReport() {
        return this == NERDMINER ? NerdMiner.HASHES_PER_REPORT : 1;
    }

    Firmware firmware(Board board, String userName, String password) {
        return switch (this) {
            case NERDMINER -> new NerdMiner(board, userName, password);
            case LEAFMINER_ESP8266 -> new LeafMiner(board, userName, password, Variant.ESP8266);
            case LEAFMINER_ESP32 -> new LeafMiner(board, userName, password, Variant.ESP32);
            case LEAFMINER_MASTER -> new LeafMiner(board, userName, password, Variant.ESP32_MASTER);
            case BITSYMINER -> new BitsyMiner(board, userName, password);
            case SPARKMINER -> new SparkMiner(board, userName, password);
            case BITAXE -> new Bitaxe(board, userName, password);
            case NERDQAXE -> new NerdQaxe(board, userName, password);
            case NMAXE -> new NmAxe(board, userName, password);
            case PIAXE -> new PiAxe(board, userName, password);
            case MINERD -> new Minerd(board, userName, password);
            case CPUMINER_OPT -> new CpuminerOpt(board, userName, password);
            case CGMINER -> new Cgminer(board, userName, password);
            case BFGMINER -> new Bfgminer(board, userName, password);
        };
    }
}
