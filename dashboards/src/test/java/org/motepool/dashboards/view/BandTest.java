package org.motepool.dashboards.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BandTest {
    @Test
    void equalRatesAddTheirShares() {
        assertThat(new Band().add(100, 25).add(100, 25).shares()).isEqualTo(50);
    }

    @Test
    void aLargeRateKnownBadlyIsNotHiddenBehindSmallOnesKnownWell() {
        Band band = new Band().add(2e9, 9);
        for (int i = 0; i < 20; i++) {
            band.add(3e5, 1_000);
        }
        assertThat(band.shares()).isEqualTo(9);
    }

    @Test
    void nothingIsKnownOfNothing() {
        assertThat(new Band().shares()).isZero();
        assertThat(new Band().add(0, 0).shares()).isZero();
    }
}
