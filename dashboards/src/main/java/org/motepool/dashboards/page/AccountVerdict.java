package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.Worker;
import org.motepool.dashboards.view.WorkerState;

/** How an account does, in one sentence, and the one thing to do next. */
final class AccountVerdict {
    private AccountVerdict() {}

    static Html of(AccountView account) {
        if (!account.seen()) {
            return says(
                    "degraded",
                    "Never seen.",
                    "No device has connected with this address yet.",
                    "Point one at the pool as shown below; it appears here within seconds.");
        }
        return switch (account.state()) {
            case NORMAL -> says("open", "Working.", normal(account), "Nothing to do.");
            case STARTING ->
                says(
                        "open",
                        "Connected, no share yet.",
                        waiting(account, WorkerState.STARTING, "is looking for its first share"),
                        "Leave it running; most devices need less than a minute.");
            case WATCH ->
                says(
                        "watch",
                        "A share is late.",
                        waiting(account, WorkerState.WATCH, "has been quiet for longer than usual"),
                        "Chance alone does this now and then; look again in a few minutes.");
            case SILENT ->
                says(
                        "degraded",
                        "Silent.",
                        waiting(
                                account,
                                WorkerState.SILENT,
                                "is connected but quiet for so long that chance is no" + " explanation"),
                        "Restart the device, then check its power and its temperature.");
            case OFFLINE -> offline(account);
        };
    }

    private static Html offline(AccountView account) {
        Html since = account.lastSeen() == 0
                ? text("No device of this address is connected.")
                : Html.all(
                        text("The last device was seen "), Times.ago(account.lastSeen(), account.readAt()), text("."));
        return says(
                "degraded",
                account.lastSeen() == 0 ? "Offline." : "Offline since " + Times.readable(account.lastSeen()) + ".",
                since,
                "Check its power and its Wi-Fi; it comes back by itself. What was earned stays.");
    }

    private static String normal(AccountView account) {
        long online = account.online().size();
        long starting = count(account, WorkerState.STARTING);
        long away = account.workers().size() - online;
        StringBuilder words = new StringBuilder();
        if (online == 1) {
            words.append("Your worker sends shares as expected");
        } else {
            words.append(online - starting).append(" of ").append(online).append(" connected workers send shares");
        }
        if (starting > 0) {
            words.append(", ")
                    .append(starting)
                    .append(starting == 1 ? " looks" : " look")
                    .append(" for a first one");
        }
        if (away > 0) {
            words.append("; ")
                    .append(away)
                    .append(" more ")
                    .append(away == 1 ? "is" : "are")
                    .append(" offline");
        }
        return words.append('.').toString();
    }

    private static String waiting(AccountView account, WorkerState state, String does) {
        long such = count(account, state);
        return account.online().size() == 1
                ? "Your worker " + does + "."
                : such + " of " + account.online().size() + " connected workers: each " + does + ".";
    }

    private static long count(AccountView account, WorkerState state) {
        return account.online().stream()
                .filter(worker -> worker.state() == state)
                .count();
    }

    private static Html says(String kind, String verdict, String sentence, String next) {
        return says(kind, verdict, text(sentence), next);
    }

    private static Html says(String kind, String verdict, Html sentence, String next) {
        return tag("p").cls("status " + kind)
                .attr("role", "status")
                .with(
                        tag("span").with(tag("strong").with(verdict), text(" "), sentence),
                        tag("span").cls("reason").with(next));
    }

    /** A dot and a word: colour is never the only sign. */
    static Html dot(Worker worker) {
        String kind = switch (worker.state()) {
            case NORMAL, STARTING -> "good";
            case WATCH -> "wait";
            case SILENT -> "bad";
            case OFFLINE -> "off";
        };
        return tag("span").cls("dot " + kind).with(worker.state().word());
    }
}
