package org.motepool.pool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms. */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/test-classes/"))
            .importPackages("org.motepool");

    @Test
    void everyRoomUsesOnlyTheRoomsItMay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy("org.motepool.core..")
                .layer("validator")
                .definedBy("org.motepool.validator..")
                .layer("chain")
                .definedBy("org.motepool.chain..")
                .layer("store")
                .definedBy("org.motepool.store..")
                .layer("devices")
                .definedBy("org.motepool.devices..")
                .layer("stratum")
                .definedBy("org.motepool.stratum..")
                .layer("payout")
                .definedBy("org.motepool.payout..")
                .layer("dashboards")
                .definedBy("org.motepool.dashboards..")
                .layer("pool")
                .definedBy("org.motepool.pool..")
                .whereLayer("pool")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("dashboards")
                .mayOnlyBeAccessedByLayers("pool")
                .whereLayer("payout")
                .mayOnlyBeAccessedByLayers("pool")
                .whereLayer("stratum")
                .mayOnlyBeAccessedByLayers("pool")
                .whereLayer("devices")
                .mayOnlyBeAccessedByLayers("pool")
                .whereLayer("validator")
                .mayOnlyBeAccessedByLayers("stratum", "pool")
                .whereLayer("chain")
                .mayOnlyBeAccessedByLayers("stratum", "payout", "pool")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("stratum", "payout", "dashboards", "pool")
                .check(HOUSE);
    }

    /** So nothing is told to anyone but whom the settings name, or a payee. */
    @Test
    void onlyTheseCallTheOutside() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        // nodes, Redis, the Lightning node and payees' servers
                        "org.motepool.chain.node..",
                        "org.motepool.store.redis..",
                        "org.motepool.payout.lightning..",
                        "org.motepool.payout.outside..",
                        // simulated devices, and commands that ask a running pool
                        "org.motepool.devices..",
                        "org.motepool.pool.command..",
                        "org.motepool.pool.bench..",
                        // look at what is configured, at ports of this machine, whether a Redis of one's own answers
                        "org.motepool.pool.check..",
                        "org.motepool.pool.redis..")
                .and()
                .doNotHaveSimpleName("Ports")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(http\\..+|Socket|HttpURLConnection|URLConnection|DatagramSocket)"
                        + "|javax\\.net\\.ssl\\.SSLSocket(Factory)?|io\\.netty\\.bootstrap\\.Bootstrap|org\\.zeromq\\..+"
                        + "|io\\.vertx\\..*(HttpClient|NetClient|WebSocketClient|WebClient).*")
                .check(HOUSE);
    }

    @Test
    void onlyTheStoreKnowsRedis() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.motepool.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..")
                .check(HOUSE);
    }

    @Test
    void oneRoomAloneKnowsTheIncubator() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.motepool.validator.simd")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.incubator..", "org.motepool.validator.simd..")
                .check(HOUSE);
        classes()
                .that()
                .haveFullyQualifiedName("org.motepool.validator.simd.Sha256Lanes")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.incubator.vector")
                .check(HOUSE);
    }

    @Test
    void noRoomIsBuiltForItsBenchmarks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.openjdk.jmh..", "org.motepool.benchmarks..")
                .check(HOUSE);
    }

    @Test
    void coreKnowsNeitherNetworkNorStore() {
        noClasses()
                .that()
                .resideInAPackage("org.motepool.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "io.vertx..", "java.net..", "java.nio.channels..", "java.nio.file..")
                .check(HOUSE);
    }

    @Test
    void moneyHasNoFloatingPoint() {
        classes()
                .that()
                .resideInAnyPackage("org.motepool.core.money..", "org.motepool.payout..")
                .should(new NoFloatingPoint())
                .check(HOUSE);
    }

    @Test
    void everyPackageSaysWhatItIs() throws Exception {
        Path root = Path.of("..").toRealPath();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }
}
