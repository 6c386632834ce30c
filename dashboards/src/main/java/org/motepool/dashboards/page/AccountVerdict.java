package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.Worker;
import org.motepool.dashboards.view.WorkerState;

/** How an account or a worker does, in one sentence, and the one thing to do next. */
final class AccountVerdict {
    private AccountVerdict() {}

    /** @param degraded the pool has troubles of its own */
    static Html of(Words words, AccountView account, boolean degraded) {
        if (degraded) {
            return says("degraded", words, "degraded", text(words.say("verdict.degraded.what")));
        }
        if (!account.seen()) {
            return says("watch", words, "unseen", text(words.say("verdict.unseen.what")));
        }
        WorkerState state = account.state();
        if (state == WorkerState.OFFLINE) {
            return offline(words, account.lastSeen(), account.readAt());
        }
        String what = state == WorkerState.NORMAL ? normal(words, account) : waiting(words, account, state);
        return says(kind(state), words, key(state), text(what));
    }

    /** Of one worker. */
    static Html of(Words words, Worker worker, long now) {
        WorkerState state = worker.state();
        return state == WorkerState.OFFLINE
                ? offline(words, worker.lastSeen(), now)
                : says(kind(state), words, key(state), text(words.counted("verdict." + key(state) + ".what", 1, "1")));
    }

    private static Html offline(Words words, long lastSeen, long now) {
        return says(
                "watch",
                words,
                "offline",
                lastSeen == 0
                        ? text(words.say("verdict.offline.none"))
                        : words.html("verdict.offline.what", words.ago(lastSeen, now), text(words.time(lastSeen))));
    }

    private static String normal(Words words, AccountView account) {
        long online = account.online().size();
        long starting = count(account, WorkerState.STARTING);
        long away = account.workers().size() - online;
        StringBuilder out =
                new StringBuilder(words.counted("verdict.normal.what", online, words.count(online - starting)));
        if (starting > 0) {
            out.append(' ').append(words.counted("verdict.normal.starting", starting));
        }
        if (away > 0) {
            out.append(' ').append(words.counted("verdict.normal.away", away));
        }
        return out.toString();
    }

    private static String waiting(Words words, AccountView account, WorkerState state) {
        return words.counted(
                "verdict." + key(state) + ".what",
                count(account, state),
                words.count(account.online().size()));
    }

    private static long count(AccountView account, WorkerState state) {
        return account.online().stream()
                .filter(worker -> worker.state() == state)
                .count();
    }

    private static Html says(String kind, Words words, String verdict, Html sentence) {
        return tag("p").cls("status " + kind)
                .attr("role", "status")
                .with(
                        tag("span").with(tag("strong").with(words.say("verdict." + verdict)), text(" "), sentence),
                        tag("span").cls("reason").with(words.say("verdict." + verdict + ".next")));
    }

    /** A dot and a word: colour is never the only sign. */
    static Html dot(Words words, Worker worker) {
        return tag("span").cls("dot " + colour(worker.state())).with(words.say("state." + key(worker.state())));
    }

    private static String key(WorkerState state) {
        return switch (state) {
            case STARTING -> "starting";
            case NORMAL -> "normal";
            case WATCH -> "late";
            case SILENT -> "silent";
            case OFFLINE -> "offline";
        };
    }

    private static String kind(WorkerState state) {
        return switch (state) {
            case NORMAL, STARTING -> "open";
            case WATCH, OFFLINE -> "watch";
            case SILENT -> "degraded";
        };
    }

    private static String colour(WorkerState state) {
        return switch (state) {
            case NORMAL, STARTING -> "good";
            case WATCH -> "wait";
            case SILENT -> "bad";
            case OFFLINE -> "off";
        };
    }
}
