package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import java.util.OptionalInt;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Span;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.LiveStats.SessionReport;

/** One worker of an account. */
public final class WorkerPage {
    private final Site site;

    public WorkerPage(Site site) {
        this.site = site;
    }

    public String html(Visit visit, AccountView account, Worker worker, PoolView pool, Span span, Series series) {
        Words words = visit.words();
        String name = OutsideText.plain(worker.name());
        return Layout.page(
                site,
                visit,
                words.say("worker.title", name),
                account.readAt(),
                "/api/events?address=" + account.address(),
                tag("p").cls("kicker").with(Parts.link("/users/" + account.address(), account.address())),
                tag("h1").with(OutsideText.shown(worker.name())),
                Parts.live("verdict").with(AccountVerdict.of(words, worker, account.readAt())),
                pool.scaled() ? HomePage.scaledNotice(words) : Html.none(),
                Parts.live("tiles").with(tiles(words, worker, account.readAt())),
                ChartSection.of(visit, span, series),
                Parts.section("sessions", words.say("sessions.title"))
                        .with(Parts.live("sessions").with(sessions(words, worker, account.readAt()))));
    }

    private Html tiles(Words words, Worker worker, long now) {
        return Html.all(
                tag("dl")
                        .cls("tiles")
                        .with(
                                Parts.tile(
                                        words.say("rate.title"),
                                        Parts.hashRate(words, worker.hashRate(), worker.windowShares()),
                                        worker.windowShares() < Quantities.SHARES_FOR_A_RATE_MIN
                                                ? words.say("rate.later")
                                                : words.counted("rate.from", worker.windowShares())),
                                Parts.tile(
                                        words.say("tile.accepted"),
                                        text(words.count(worker.accepted())),
                                        words.counted("tile.rejected-count", worker.rejectedInAll())),
                                Parts.tile(
                                        words.say("tile.best"),
                                        text(words.difficulty(worker.best())),
                                        Parts.best(words, worker.bestToday())),
                                Parts.tile(
                                        words.say("worker.next"),
                                        text(AccountPage.nextShare(words, List.of(worker))),
                                        words.say("worker.next-meaning"))),
                tag("dl")
                        .cls("facts")
                        .with(
                                Parts.fact(words.say("worker.device"), WorkerTable.device(words, worker)),
                                Parts.fact(
                                        words.say("worker.difficulty"),
                                        WorkerTable.difficulty(words, site.network(), worker.level())),
                                Parts.fact(words.say("worker.rejected"), WorkerTable.rejected(words, worker)),
                                Parts.fact(words.say("worker.last-share"), words.ago(worker.lastShare(), now)),
                                Parts.fact(words.say("worker.first-seen"), words.ago(worker.firstSeen(), now))));
    }

    private Html sessions(Words words, Worker worker, long now) {
        if (worker.sessions().isEmpty()) {
            return tag("p").cls("empty").with(words.say("sessions.none"));
        }
        Table table = new Table(
                words.say("sessions.caption"),
                List.of(
                        Column.text(words.say("sessions.id")),
                        Column.text(words.say("worker.device")),
                        Column.text(words.say("devices.class")),
                        Column.number(words.say("worker.difficulty")),
                        Column.number(words.say("sessions.since"))));
        for (SessionReport session : worker.sessions()) {
            table.row(List.of(
                    tag("code").with(OutsideText.plain(session.id())),
                    OutsideText.shown(session.userAgent()),
                    DevicesPage.deviceClass(words, session.deviceClass()),
                    WorkerTable.difficulty(words, site.network(), OptionalInt.of(session.level())),
                    words.since(session.connectedAt(), now)));
        }
        return table.html();
    }
}
