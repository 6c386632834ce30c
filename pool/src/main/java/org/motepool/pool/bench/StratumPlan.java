package org.motepool.pool.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What a bench of a pool does once all connections are there and idle.
 *
 * @param rehearsals so often do they all come to a stand-in in the load's own process, before any comes to the pool
 * @param storms so many times do all connections come at once, the last time to stay
 * @param opening the pool has just started: how late is it in its first seconds, before anything is warm
 * @param tips so many new ones, one after the other
 * @param warmTips so many before those, not told: of a pool that has been up for a while
 * @param tipSource who makes them; without one there are none
 * @param traffic how long each connection sends a share in ten seconds while bytes are counted; zero for not at all
 * @param closedLoop whether each connection then sends when it is answered
 * @param openLoop whether shares are then due at a fixed rate
 * @param perSecond shares due in open loop
 * @param http beside the open loop
 * @param warmUp of each of the two loops
 * @param measured of each of them, after that
 */
public record StratumPlan(
        int rehearsals,
        int storms,
        boolean opening,
        int tips,
        int warmTips,
        Optional<TipSource> tipSource,
        Duration traffic,
        boolean closedLoop,
        boolean openLoop,
        int perSecond,
        Optional<HttpLoad> http,
        Duration warmUp,
        Duration measured) {}
