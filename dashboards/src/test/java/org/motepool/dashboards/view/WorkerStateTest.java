package org.motepool.dashboards.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerStateTest {
    @Test
    void judgesSilenceByExpectedGaps() {
        assertThat(WorkerState.afterSilence(60, 2.9)).isEqualTo(WorkerState.NORMAL);
        assertThat(WorkerState.afterSilence(60, 3)).isEqualTo(WorkerState.WATCH);
        assertThat(WorkerState.afterSilence(100, 5)).isEqualTo(WorkerState.SILENT);
    }

    @Test
    void callsNobodySilentWithinAMinuteHoweverFastItIs() {
        assertThat(WorkerState.afterSilence(0.5, 500)).isEqualTo(WorkerState.NORMAL);
        assertThat(WorkerState.afterSilence(59.9, 60_000)).isEqualTo(WorkerState.NORMAL);
        assertThat(WorkerState.afterSilence(60, 60_000)).isEqualTo(WorkerState.SILENT);
    }
}
