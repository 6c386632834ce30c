package org.motepool.devices.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.CharsetUtil;

/**
 * What a share needs of a job.
 *
 * @param beginning of the parameters of every notify with this job
 */
record LoadJob(String id, String prevHash, String ntime, ByteBuf beginning) {
    private static final int PREV_HASH = 1;
    private static final int NTIME = 7;

    /** Of the parameters of a {@code mining.notify}. */
    static LoadJob of(JsonNode parameters) {
        String id = parameters.path(0).asText();
        return new LoadJob(
                id,
                parameters.path(PREV_HASH).asText(),
                parameters.path(NTIME).asText(),
                Unpooled.copiedBuffer("[\"" + id + "\"", CharsetUtil.UTF_8));
    }

    /** Cheaper than to parse a kilobyte for each of ten thousand connections, which would show in what is measured. */
    boolean isIn(ByteBuf line) {
        return ByteBufUtil.indexOf(beginning, line) >= 0;
    }
}
