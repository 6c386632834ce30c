package org.motepool.stratum.v1;

import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;

/** Writes a job as a {@code mining.notify} line: exactly 9 parameters, fixed widths. Stateless. */
public final class NotifyLine {
    private NotifyLine() {}

    /** The job id that miners see: 1 to 8 lower-case hex digits. */
    public static String jobId(int jobNumber) {
        return Integer.toHexString(jobNumber);
    }

    /** @param clean older jobs are worthless: drop them at once */
    public static String of(Job job, boolean clean) {
        StringBuilder out = new StringBuilder(1600);
        out.append("{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"").append(jobId(job.number()));
        out.append("\",\"").append(swappedWords(job.prevHash()));
        out.append("\",\"").append(job.coinbase1().toHex());
        out.append("\",\"").append(job.coinbase2().toHex()).append("\",[");
        for (int i = 0; i < job.branch().size(); i++) {
            out.append(i == 0 ? "\"" : ",\"")
                    .append(job.branch().get(i).internal().toHex())
                    .append('"');
        }
        out.append("],\"").append(V1Encoder.hex8(job.version()));
        out.append("\",\"").append(job.nbits().toHex());
        out.append("\",\"").append(V1Encoder.hex8(job.ntime()));
        return out.append("\",").append(clean).append("]}\n").toString();
    }

    /** Internal order with each 4-byte word reversed: a quirk of the first Stratum server that all miners undo. */
    private static String swappedWords(Hash256 hash) {
        byte[] swapped = new byte[Hash256.BYTES];
        for (int i = 0; i < swapped.length; i++) {
            swapped[i] = hash.internal().at((i & ~3) + 3 - (i & 3));
        }
        return Bytes.copyOf(swapped).toHex();
    }
}
