package org.motepool.devices.firmware;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.motepool.core.work.PowShift;
import org.motepool.devices.hash.Search;
import org.motepool.devices.hash.ShareFilter;

/** A board on a bench: its lines are collected and its time moves when told. */
final class FakeBoard implements Board {
    private record Timer(long atNanos, long order, Runnable action) {}

    private final List<String> sent = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::order));
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<String> heard = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();
    private final double rate;
    private long nanos;
    private long order;
    private int submitted;
    private int unanswered;
    private boolean listening = true;
    private @Nullable String dropped;
    private @Nullable Search search;
    private ShareFilter filter = ShareFilter.nothing();

    FakeBoard(double rate) {
        this.rate = rate;
    }

    void pass(Duration time) {
        long until = nanos + time.toNanos();
        while (!timers.isEmpty() && timers.element().atNanos() <= until) {
            Timer due = timers.remove();
            nanos = due.atNanos();
            if (dropped == null) {
                due.action().run();
            }
        }
        nanos = until;
    }

    /** A new link: the timers of the old one are gone. */
    void relink() {
        timers.clear();
        dropped = null;
    }

    /** What was sent since the last call, each line without its newline. */
    List<String> sent() {
        List<String> lines = sent.stream().flatMap(String::lines).toList();
        sent.clear();
        return lines;
    }

    /** What was sent since the last call, write by write. */
    List<String> writes() {
        List<String> writes = List.copyOf(sent);
        sent.clear();
        return writes;
    }

    List<String> settled() {
        return settled;
    }

    /** Lines that came through {@link Firmware#received}. */
    List<String> heard() {
        return heard;
    }

    @Nullable
    String dropped() {
        return dropped;
    }

    boolean listening() {
        return listening;
    }

    @Nullable
    Search search() {
        return search;
    }

    double difficulty() {
        return filter.difficulty();
    }

    int unansweredShares() {
        return unanswered;
    }

    int submittedShares() {
        return submitted;
    }

    @Override
    public void send(String text) {
        sent.add(text);
    }

    @Override
    public void drop(String why) {
        dropped = why;
    }

    @Override
    public void redial(String host, int port) {
        drop("redials " + host + ":" + port);
    }

    @Override
    public void redial() {
        drop("redials");
    }

    @Override
    public boolean linked() {
        return dropped == null;
    }

    @Override
    public void heard(String line) {
        heard.add(line);
    }

    @Override
    public void listen(boolean reading) {
        listening = reading;
    }

    @Override
    public void after(Duration delay, Runnable action) {
        timers.add(new Timer(nanos + delay.toNanos(), order++, action));
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void search(Search next) {
        search = next;
    }

    @Override
    public void idle() {
        search = null;
    }

    @Override
    public void filter(ShareFilter next) {
        filter = next;
    }

    @Override
    public PowShift powShift() {
        return PowShift.NONE;
    }

    @Override
    public double nominalHashesPerSecond() {
        return rate;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void submitted() {
        submitted++;
    }

    @Override
    public void settled(String reason) {
        settled.add(reason);
    }

    @Override
    public void settledOwnDuplicate() {
        settled.add("own duplicate");
    }

    @Override
    public void unanswered(int shares) {
        unanswered += shares;
    }
}
