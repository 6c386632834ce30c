package org.motepool.validator.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.simd.VectorShareHasher;

/** Chooses in processes of their own, since flags, modules and compiled code belong to a whole process. */
class HasherChoiceTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String IGNORE_UNKNOWN = "-XX:+IgnoreUnrecognizedVMOptions";
    private static final long SECONDS_MAX = 90;
    private static final Pattern RATIO = Pattern.compile("ratio ([0-9.]+) ");

    @TempDir
    Path scratch;

    private String probe(List<String> flags, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.add(ChoiceProbe.class.getName());
        command.addAll(List.of(arguments));
        Path out = scratch.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(out, StandardCharsets.UTF_8);
        System.out.println(String.join(" ", flags) + "\n" + said);
        return said;
    }

    private static void assertNotStuck(String said) {
        if (new VectorShareHasher().path().equals("vector512")) {
            assertThat(said).contains("vector512: ");
        } else {
            // Half as wide, vectors may lose against SHA instructions, but not by a factor of ten.
            assertThat(said).doesNotContain("(0.0").contains(" x");
        }
    }

    @Test
    void staysScalarWithoutTheIncubatingModule() throws Exception {
        assertThat(probe(List.of())).contains("scalar: jdk.incubator.vector is not there");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void staysScalarWhereVectorsAreShort(int avx) throws Exception {
        assertThat(probe(List.of(MODULE, IGNORE_UNKNOWN, "-XX:UseAVX=" + avx))).contains("\nscalar: ");
    }

    @Test
    void isNotStuckInAFreshProcess() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertNotStuck(probe(List.of(MODULE)));
        }
    }

    @Test
    @Tag("soak")
    void isNeverStuckInTwentyFreshProcesses() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertNotStuck(probe(List.of(MODULE)));
        }
    }

    @Test
    void choosesForScryptInAFreshProcess() throws Exception {
        assertNotStuck(probe(List.of(MODULE), "scrypt"));
    }

    /** Lanes half as wide read their memory in another way. */
    @Test
    void scryptInNarrowLanesIsRight() throws Exception {
        assertThat(probe(List.of(MODULE, IGNORE_UNKNOWN, "-XX:UseAVX=2"), "scrypt"))
                .containsPattern("\n(vector256: [0-9.]+ x |scalar: (vector256 was not|this machine's vectors))");
    }

    @Test
    @Tag("soak")
    void isNeverStuckAtScryptInTwentyFreshProcesses() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertNotStuck(probe(List.of(MODULE), "scrypt"));
        }
    }

    @Test
    @Tag("soak")
    void printsTheScryptRatioOfThisMachine() throws Exception {
        assertThat(probe(List.of(MODULE), "scrypt", "21")).contains("K=4 ");
    }

    /** Whatever is chosen has given the hashes of the scalar hasher: the choice compares them. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:UseAVX=2", "-XX:-UseSHA"})
    void choosesWithoutWideVectorsOrShaInstructions(String flag) throws Exception {
        assertChooses(flag);
    }

    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"-XX:UseAVX=3", "-XX:MaxVectorSize=32"})
    void choosesOnMachinesLikeOthers(String flag) throws Exception {
        assertChooses(flag);
    }

    private void assertChooses(String flag) throws Exception {
        assertThat(probe(List.of(MODULE, IGNORE_UNKNOWN, flag))).containsPattern("\n(vector[0-9]+: |scalar: )");
    }

    /** What is chosen must nowhere be slower than the scalar hasher: here, on machines like others, without the module. */
    @ParameterizedTest
    @Tag("soak")
    @ValueSource(
            strings = {
                MODULE,
                MODULE + " -XX:UseAVX=2",
                MODULE + " -XX:UseAVX=1",
                MODULE + " -XX:UseAVX=0",
                "-Xshare:auto"
            })
    void whatIsChosenIsNotSlower(String flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(IGNORE_UNKNOWN));
        all.addAll(List.of(flags.split(" ")));
        String said = probe(all, "sha256d", "21");
        assertThat(RATIO.matcher(said)
                        .results()
                        .map(found -> Double.valueOf(found.group(1)))
                        .toList())
                .hasSize(4)
                .allSatisfy(ratio -> assertThat(ratio).isGreaterThan(0.9));
    }

    /** Right by luck at most: leaves the hashes as they are. */
    public static final class Lying implements ShareHasher {
        public Lying(ProofOfWork proofOfWork) {}

        @Override
        public String path() {
            return "lying";
        }

        @Override
        public PreparedJob prepare(Job job) {
            return new Lazy(job);
        }

        private record Lazy(Job job) implements PreparedJob {
            @Override
            public String path(int shares) {
                return "lying";
            }

            @Override
            public void hash(ShareBatch batch) {}
        }
    }

    /** Right, and twice as slow. */
    public static final class Slow implements ShareHasher {
        private final ShareHasher scalar;

        public Slow(ProofOfWork proofOfWork) {
            scalar = new ScalarShareHasher(proofOfWork);
        }

        @Override
        public String path() {
            return "slow";
        }

        @Override
        public PreparedJob prepare(Job job) {
            return new Twice(scalar.prepare(job));
        }

        private record Twice(PreparedJob once) implements PreparedJob {
            @Override
            public Job job() {
                return once.job();
            }

            @Override
            public String path(int shares) {
                return "slow";
            }

            @Override
            public void hash(ShareBatch batch) {
                once.hash(batch);
                once.hash(batch);
            }
        }
    }

    /** Throws what no one expects. */
    public static final class Broken implements ShareHasher {
        public Broken(ProofOfWork proofOfWork) {
            throw new StackOverflowError("broken");
        }

        @Override
        public String path() {
            return "broken";
        }

        @Override
        public PreparedJob prepare(Job job) {
            throw new IllegalStateException();
        }
    }

    private static HasherChoice.Choice chosen(Class<?> vector) {
        try (HasherChoice choice =
                new HasherChoice(ProofOfWork.SHA256D, vector.getName(), Duration.ofMillis(300), made -> {})) {
            return choice.choose();
        }
    }

    @Test
    void usesNoHasherThatIsWrongSlowOrBroken() {
        assertThat(chosen(Lying.class).reason()).isEqualTo("scalar: lying gave a wrong hash");
        assertThat(chosen(Slow.class).reason()).matches("scalar: slow was not faster \\(0\\.[3-7]\\d x\\)");
        assertThat(chosen(Broken.class).reason()).contains("scalar: vector does not work", "broken");
        assertThat(chosen(String.class).reason()).contains("scalar: vector does not work", "ClassCastException");
    }

    @Test
    void servesByTheScalarHasherUntilTheChoiceAndStopsWhenClosed() throws Exception {
        AtomicReference<HasherChoice.Choice> told = new AtomicReference<>();
        HasherChoice choice = HasherChoice.start(ProofOfWork.SHA256D, told::set);
        assertThat(choice.reason()).isEqualTo("scalar: vector is being warmed up");
        assertThat(KnownShares.classic().hashedBy(choice.hasher()))
                .hasToString("000000002076870fe65a2b6eeed84fa892c0db924f1482243a6247d931dcab32");
        choice.close();
        assertThat(choice.await(Duration.ofSeconds(20))).isTrue();
        assertThat(choice.choice()).contains(told.get());
        assertThat(told.get().reason())
                .isEqualTo(choice.reason())
                .isEqualTo("scalar: the pool closed before the choice");
        assertThat(choice.hasher().path()).isEqualTo("scalar");
    }
}
