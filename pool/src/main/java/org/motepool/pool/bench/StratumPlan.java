package org.motepool.pool.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What a bench of a pool does once all connections are there and idle.
 *
 * @param opening the pool has just started: how late is it in its first seconds, before anything is warm
 * @param tips so many new ones, one after the other
 * @param tipSource who makes them; without one there are none
 * @param traffic how long each connection sends a share in ten seconds while bytes are counted; zero for not at all
 * @param closedLoop whether each connection then sends when it is answered
 * @param openLoop whether shares are then due at a fixed rate
 * @param perSecond shares due in open loop
 * @param http beside the open loop
 * @param measured of each of the two loops; half as long is warmed up before
 */
public record StratumPlan(
        boolean opening,
        int tips,
        Optional<TipSource> tipSource,
        Duration traffic,
        boolean closedLoop,
        boolean openLoop,
        int perSecond,
        Optional<HttpLoad> http,
        Duration measured) {}
