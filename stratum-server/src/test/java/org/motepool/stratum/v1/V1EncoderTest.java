package org.motepool.stratum.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class V1EncoderTest {
    /** Replies to shares are written in pieces, all others as one line. */
    @Test
    void writesTheBytesOfTheLine() {
        List<PoolMessage> messages = new ArrayList<>();
        for (RequestId id : List.of(RequestId.of(7), RequestId.of(Long.MAX_VALUE), RequestId.NONE)) {
            messages.add(new PoolMessage.Done(id));
            for (ErrorCode code : ErrorCode.values()) {
                messages.add(new PoolMessage.Refused(id, code));
                messages.add(new PoolMessage.Refused(id, code, "quite \"another\" text"));
            }
        }
        messages.add(new PoolMessage.Reconnect());
        for (PoolMessage message : messages) {
            ByteBuf out = V1Encoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
            assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(V1Encoder.line(message));
            out.release();
        }
        assertThat(V1Encoder.line(new PoolMessage.Refused(RequestId.of(7), ErrorCode.LOW_DIFFICULTY)))
                .isEqualTo("{\"id\":7,\"result\":null,\"error\":[23,\"Difficulty too low\",null]}\n");
        assertThat(V1Encoder.line(new PoolMessage.Done(RequestId.of(7))))
                .isEqualTo("{\"id\":7,\"result\":true,\"error\":null}\n");
    }
}
