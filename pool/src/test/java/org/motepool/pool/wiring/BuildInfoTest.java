package org.motepool.pool.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.PoolClock;
import org.motepool.pool.Version;
import org.motepool.validator.hash.HasherChoice;

class BuildInfoTest {
    private final CollectorRegistry registry = new CollectorRegistry();

    private Double simd(String path) {
        return registry.getSampleValue(
                "mote_build_info",
                new String[] {"version", "revision", "java", "simd"},
                new String[] {Version.TEXT, "unknown", Runtime.version().toString(), path});
    }

    @Test
    void namesOneHasherAtATime() {
        BuildInfo info = new BuildInfo(registry, PoolClock.SYSTEM);
        assertThat(simd("scalar")).isEqualTo(1);
        info.setSimd(new HasherChoice.Choice("vector512", "vector512: 3.0 x scalar at 4 branches", 1, 3));
        assertThat(simd("vector512")).isEqualTo(1);
        assertThat(simd("scalar")).isNull();
        assertThat(registry.getSampleValue(
                        "mote_raced_shares_per_second", new String[] {"hasher"}, new String[] {"vector"}))
                .isEqualTo(3);
    }
}
