package org.motepool.validator.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.motepool.validator.simd.Sha256Lanes.LANES;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.ProofOfWork;

class Sha256LanesTest {
    private static final long SEED = Long.getLong("mote.test.seed", 20_260_102L);
    /** Larger methods with vectors sometimes stay at the first compiler's speed for ever. */
    private static final int METHOD_BYTES_MAX = 1_792;

    @Test
    void everyMethodIsSmallEnoughToBeCompiledWell() throws Exception {
        for (Class<?> type :
                new Class<?>[] {Sha256Lanes.class, VectorJob.class, ScryptLanes.class, ExtranonceWords.class}) {
            try (InputStream file = Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
                Map<String, Integer> sizes = ClassFile.of().parse(file.readAllBytes()).methods().stream()
                        .filter(method -> method.code().isPresent())
                        .collect(Collectors.toMap(
                                method -> method.methodName().stringValue()
                                        + method.methodType().stringValue(),
                                Sha256LanesTest::bytecodeBytes));
                assertThat(sizes).isNotEmpty();
                assertThat(sizes.values()).as("%s", sizes).allMatch(bytes -> bytes <= METHOD_BYTES_MAX);
            }
        }
    }

    private static int bytecodeBytes(MethodModel method) {
        return ((CodeAttribute) method.code().orElseThrow()).codeLength();
    }

    @Test
    void everyLaneCompressesItsOwnMessage() {
        System.out.println("seed of messages: " + SEED);
        Random random = new Random(SEED);
        int[] x = new LaneRows(ProofOfWork.SHA256D).x;
        for (int round = 0; round < 20; round++) {
            byte[][] messages = new byte[LANES][random.nextInt(56)];
            for (int lane = 0; lane < LANES; lane++) {
                random.nextBytes(messages[lane]);
                int[] words = Sha256Words.block(Sha256Words.padded(messages[lane]), 0);
                for (int i = 0; i < words.length; i++) {
                    x[LaneRows.COINBASE + i * LANES + lane] = words[i];
                }
            }
            Sha256Lanes.full(x, LaneRows.INITIAL, LaneRows.COINBASE, LaneRows.STATE);
            for (int lane = 0; lane < LANES; lane++) {
                assertThat(hash(x, lane)).isEqualTo(Sha256.once(messages[lane]));
            }
        }
    }

    @Test
    void aConstantBlockNeedsItsScheduleAlone() {
        int[] x = new LaneRows(ProofOfWork.SHA256D).x;
        byte[] message = "of all shares alike".getBytes(StandardCharsets.US_ASCII);
        int[] schedule = Sha256Words.schedule(Sha256Words.block(Sha256Words.padded(message), 0));
        Sha256Lanes.constant(x, LaneRows.INITIAL, LaneRows.STATE, schedule);
        for (int lane = 0; lane < LANES; lane++) {
            assertThat(hash(x, lane)).isEqualTo(Sha256.once(message));
        }
    }

    @Test
    void wordByWordGivesTheSame() {
        byte[] message = new byte[200];
        byte[] padded = Sha256Words.padded(message);
        int[] state = Sha256Words.initialState();
        for (int block = 0; block < padded.length / Sha256Words.BLOCK_BYTES; block++) {
            Sha256Words.compress(state, Sha256Words.block(padded, block));
        }
        byte[] hash = new byte[32];
        for (int i = 0; i < state.length; i++) {
            Sha256Words.putWord(hash, 4 * i, state[i]);
        }
        assertThat(hash).isEqualTo(Sha256.once(message));
    }

    private static byte[] hash(int[] x, int lane) {
        byte[] hash = new byte[32];
        for (int word = 0; word < Sha256Words.STATE_WORDS; word++) {
            Sha256Words.putWord(hash, 4 * word, x[LaneRows.STATE + word * LANES + lane]);
        }
        return hash;
    }
}
