package org.motepool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.motepool.validator.bench.Allocation;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.bench.ValidatorBench;
import org.motepool.validator.bench.ValidatorReport;
import org.motepool.validator.hash.HasherRace;
import org.motepool.validator.hash.MadeUpShares;

/**
 * Guards what the lanes are for, as ratios by processor time, never as absolute times: on 512 bits a tenth below what is
 * promised, since a busy machine's caches are others' too; on 256 bits that they win at all.
 */
@Tag("bench")
class SpeedGuardTest {
    private static final Map<Shape, Double> PROMISED =
            Map.of(Shape.HEADER_ONLY, 2.35, Shape.K0, 2.6, Shape.K4, 2.6, Shape.K12, 2.6, Shape.SCRYPT, 5.5);
    private static final double SLACK = 0.9;
    private static final int AUDIT_ROUNDS = 5;
    private static final double AUDIT_RATIO_MIN = 1.8;

    private static ValidatorReport report;

    @BeforeAll
    static void measure() {
        report = ValidatorBench.run(Duration.ofSeconds(10));
        System.out.println(report);
    }

    private static void assumeLanes(String path) {
        assumeTrue(report.path().equals(path), () -> "shares are hashed by " + report.path() + ": " + report.reason());
    }

    private static double ratio(Shape shape) {
        return report.speeds().get(shape).lanes().map(HasherRace.Result::ratio).orElse(0.0);
    }

    @Test
    void wideLanesAreAsMuchFasterAsPromised() {
        assumeLanes("vector512");
        for (Shape shape : Shape.values()) {
            assertThat(ratio(shape)).as("%s", shape).isGreaterThan(SLACK * PROMISED.get(shape));
        }
    }

    @Test
    void narrowLanesWinWhereTheyAreChosen() {
        assumeLanes("vector256");
        for (Shape shape : Shape.values()) {
            assertThat(ratio(shape)).as("%s", shape).isGreaterThan(HasherRace.RATIO_MIN);
        }
    }

    @Test
    void aShareTakesNoHeap() {
        MadeUpShares shares = new MadeUpShares(1);
        for (Hashers hasher : Hashers.values()) {
            if (hasher == Hashers.VECTOR && report.path().equals("scalar")) {
                continue;
            }
            for (Shape shape : Shape.values()) {
                if (hasher == Hashers.SCALAR && shape == Shape.SCRYPT) {
                    continue; // Bouncy Castle takes its memory anew each time.
                }
                double bytes = Allocation.bytesPerShare(hasher.make(shape.proofOfWork()), shares, shape);
                assertThat(bytes).as("%s %s", hasher, shape).isBetween(0.0, 0.01);
            }
        }
    }

    @Test
    void anAuditInLanesIsFaster() throws Exception {
        assumeLanes("vector512");
        AuditedShares one = audit(Hashers.SCALAR);
        AuditedShares lanes = audit(Hashers.VECTOR);
        try {
            double[] ratios = new double[AUDIT_ROUNDS];
            for (int i = -1; i < AUDIT_ROUNDS; i++) {
                double ratio = cpuNanos(one) / cpuNanos(lanes);
                if (i >= 0) {
                    ratios[i] = ratio;
                }
            }
            System.out.println("audit, one by one to lanes: " + Arrays.toString(ratios));
            Arrays.sort(ratios);
            assertThat(ratios[AUDIT_ROUNDS / 2]).isGreaterThan(AUDIT_RATIO_MIN);
        } finally {
            one.delete();
            lanes.delete();
        }
    }

    private static AuditedShares audit(Hashers hasher) throws Exception {
        AuditedShares audit = new AuditedShares();
        audit.hasher = hasher;
        audit.write();
        return audit;
    }

    /** Of the whole process: reading and proving are on several threads. */
    private static double cpuNanos(AuditedShares audit) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        assertThat(audit.audit().bad()).isZero();
        return process.getProcessCpuTime() - before;
    }
}
