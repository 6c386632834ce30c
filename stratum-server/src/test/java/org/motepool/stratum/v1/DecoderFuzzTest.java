package org.motepool.stratum.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.motepool.core.work.ProofOfWork;

/** Any line gives a message, and whatever is echoed of it is one JSON line again. */
class DecoderFuzzTest {
    @FuzzTest
    void decodesAnyLine(byte[] line) throws IOException {
        MinerMessage message = V1Decoder.decode(line, 0, line.length, ProofOfWork.SHA256D.difficulties());
        String reply = V1Encoder.line(new PoolMessage.Refused(message.id(), ErrorCode.OTHER));
        assertOneLine(reply);
        switch (message) {
            case MinerMessage.Configure configure ->
                assertOneLine(V1Encoder.line(new PoolMessage.Configured(
                        configure.id(), java.util.OptionalInt.of(configure.mask()), configure.extensions())));
            case MinerMessage.Authorize authorize ->
                assertOneLine(V1Encoder.line(new PoolMessage.NotAuthorized(authorize.id(), authorize.user())));
            case MinerMessage.Submit submit -> assertThat(submit.job()).isBetween(-1L, 0xffff_ffffL);
            case MinerMessage.Malformed malformed ->
                assertThat(malformed.id().isNone()).isTrue();
            case MinerMessage.Subscribe subscribe ->
                assertThat(subscribe.userAgent().value()).hasSizeLessThanOrEqualTo(UserAgent.CHARACTERS_MAX);
            case MinerMessage.Suggest _,
                    MinerMessage.ExtranonceSubscribe _,
                    MinerMessage.Unsupported _,
                    MinerMessage.Invalid _,
                    MinerMessage.ClientReply _ -> {}
        }
    }

    private static void assertOneLine(String line) throws IOException {
        assertThat(line).endsWith("}\n").doesNotContain("\r");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(line.chars()).allMatch(c -> c < 0x7f);
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        assertThat(JsonLine.parse(bytes, 0, bytes.length)).isInstanceOf(JsonValue.Obj.class);
    }
}
