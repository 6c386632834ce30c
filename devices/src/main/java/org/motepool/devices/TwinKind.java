package org.motepool.devices;

import org.motepool.devices.firmware.Bitaxe;
import org.motepool.devices.firmware.Board;
import org.motepool.devices.firmware.Cpuminer;
import org.motepool.devices.firmware.Firmware;
import org.motepool.devices.firmware.LeafMiner;
import org.motepool.devices.firmware.NerdMiner;

/** The boards that there are twins of, each a hardware with its firmware. */
public enum TwinKind {
    NERDMINER("nerdminer", NerdMiner.HASHES_PER_REPORT),
    LEAFMINER_ESP8266("leafminer-esp8266", 1),
    LEAFMINER_ESP32("leafminer-esp32", 1),
    BITAXE("bitaxe", 1),
    CPUMINER("cpuminer", 1);

    private final String id;
    private final int nominalHashesPerReport;

    TwinKind(String id, int nominalHashesPerReport) {
        this.id = id;
        this.nominalHashesPerReport = nominalHashesPerReport;
    }

    /** The name in reports and options. */
    public String id() {
        return id;
    }

    /** It reports the best share of so many hashes. */
    int nominalHashesPerReport() {
        return nominalHashesPerReport;
    }

    Firmware firmware(Board board, String userName, String password) {
        return switch (this) {
            case NERDMINER -> new NerdMiner(board, userName, password);
            case LEAFMINER_ESP8266 -> new LeafMiner(board, userName, password, true);
            case LEAFMINER_ESP32 -> new LeafMiner(board, userName, password, false);
            case BITAXE -> new Bitaxe(board, userName, password);
            case CPUMINER -> new Cpuminer(board, userName, password);
        };
    }
}
