package org.motepool.devices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.motepool.devices.hash.MiningJob;

/** What a notify may weigh so that every board of a kind can hold it; the smallest buffer of its kind decides. */
final class NotifyBudget {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final int MICRO_LINE_MAX = 2_046;
    /** One TCP segment; asked of templates with so few branches. */
    private static final int MICRO_SEGMENT_MAX = 1_436;

    private static final int MICRO_SEGMENT_BRANCHES_MAX = 13;
    private static final int MICRO_BRANCHES_MAX = 16;
    private static final int MICRO_COINBASE_BYTES_MAX = 255;
    private static final int MICRO_COINBASE2_BYTES_MAX = 127;
    private static final int LINE_MAX = 4_000;
    private static final int HALF_COINBASE_BYTES_MAX = 384;
    private static final int EXTRANONCES_BYTES = 8;

    private NotifyBudget() {}

    static boolean isNotify(String line) {
        return line.contains("\"mining.notify\"") && line.contains("\"method\"");
    }

    /** Tells whether a notify, without its newline, fits; one that is no job fits no board. */
    static boolean fits(String line, TwinKind.Buffers buffers) {
        try {
            MiningJob job = MiningJob.ofParams(MAPPER.readTree(line).path("params"));
            return buffers == TwinKind.Buffers.MICRO ? fitsMicro(line, job) : fitsLarge(line, job);
        } catch (JsonProcessingException | IllegalArgumentException noJob) {
            return false;
        }
    }

    private static boolean fitsMicro(String line, MiningJob job) {
        int lineMax = job.branches().size() <= MICRO_SEGMENT_BRANCHES_MAX ? MICRO_SEGMENT_MAX : MICRO_LINE_MAX;
        int coinbase1 = job.coinbase1().length() / 2;
        int coinbase2 = job.coinbase2().length() / 2;
        return line.length() < lineMax
                && job.branches().size() <= MICRO_BRANCHES_MAX
                && coinbase1 + EXTRANONCES_BYTES + coinbase2 <= MICRO_COINBASE_BYTES_MAX
                && coinbase2 <= MICRO_COINBASE2_BYTES_MAX;
    }

    private static boolean fitsLarge(String line, MiningJob job) {
        return line.length() < LINE_MAX
                && job.coinbase1().length() / 2 <= HALF_COINBASE_BYTES_MAX
                && job.coinbase2().length() / 2 <= HALF_COINBASE_BYTES_MAX;
    }
}
