package org.motepool.dashboards;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.PayoutAddress;
import org.motepool.dashboards.api.SmallJson;
import org.motepool.dashboards.http.ContentPolicy;
import org.motepool.dashboards.http.EventRoute;
import org.motepool.dashboards.http.EventStream;
import org.motepool.dashboards.http.Question;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.language.Language;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.live.LiveEvents;
import org.motepool.dashboards.page.AccountPage;
import org.motepool.dashboards.page.Asset;
import org.motepool.dashboards.page.BlocksPage;
import org.motepool.dashboards.page.ConnectPage;
import org.motepool.dashboards.page.DevicesPage;
import org.motepool.dashboards.page.HomePage;
import org.motepool.dashboards.page.MinePage;
import org.motepool.dashboards.page.PayoutsPage;
import org.motepool.dashboards.page.ProblemPage;
import org.motepool.dashboards.page.RewardsPage;
import org.motepool.dashboards.page.Site;
import org.motepool.dashboards.page.StatementPage;
import org.motepool.dashboards.page.Visit;
import org.motepool.dashboards.page.WorkerPage;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Span;
import org.motepool.dashboards.view.Views;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.History.Subject;
import org.motepool.store.StoreException;

/** The pages that people read. Thread-safe. */
final class PageRoutes {
    private static final String LANGUAGE = "lang";
    /** A year, for the language that a reader chose; it is all that is ever kept in a browser by us. */
    private static final String LANGUAGE_KEPT = "; Path=/; Max-Age=31536000; SameSite=Lax";
    /** A pool younger than that has more to show in the short chart. */
    private static final long YOUNG_MILLIS = 6 * 3_600_000L;

    private final DashboardSettings settings;
    private final Views views;
    private final ApiRoutes api;
    private final HomePage home;
    private final AccountPage account;
    private final WorkerPage worker;
    private final BlocksPage blocks;
    private final DevicesPage devices;
    private final PayoutsPage payouts;
    private final ConnectPage connect;
    private final MinePage mine;
    private final RewardsPage rewards;
    private final StatementPage statement;
    private final ProblemPage problems;

    PageRoutes(DashboardSettings settings, Site site, Views views, ApiRoutes api) {
        this.settings = settings;
        this.views = views;
        this.api = api;
        this.home = new HomePage(site);
        this.account = new AccountPage(site);
        this.worker = new WorkerPage(site);
        this.blocks = new BlocksPage(site);
        this.devices = new DevicesPage(site);
        this.payouts = new PayoutsPage(site);
        this.connect = new ConnectPage(site);
        this.mine = new MinePage(site);
        this.rewards = new RewardsPage(site);
        this.statement = new StatementPage(site);
        this.problems = new ProblemPage(site);
    }

    List<Route> all() {
        List<Route> routes = new ArrayList<>(List.of(
                new Route("/", this::home),
                new Route("/search", this::search),
                new Route("/users/:address", this::account),
                new Route("/users/:address/:worker", this::worker),
                new Route("/statements/:address", this::statement),
                new Route("/blocks", q -> page(q, blocks.list(visit(q), views.pool()))),
                new Route("/blocks/:hash", this::block),
                new Route("/devices", q -> page(q, devices.html(visit(q), views.pool()))),
                new Route("/payouts", q -> page(q, payouts.html(visit(q), views.pool(), views.payments()))),
                new Route("/connect", this::connect),
                new Route("/mine", this::mine),
                new Route("/rewards", this::rewards)));
        Asset.ALL.forEach(asset -> routes.add(asset.route()));
        return routes;
    }

    /** {@code /api/events}. */
    EventRoute events(LiveEvents live) {
        return new EventRoute(
                "/api/events", (question, lastEventId, stream) -> open(live, question, lastEventId, stream));
    }

    private Optional<Reply> open(LiveEvents live, Question question, String lastEventId, EventStream stream) {
        Set<PayoutAddress> addresses = new HashSet<>();
        String wanted = question.parameter(ApiRoutes.ADDRESS);
        try {
            for (String one : wanted.isEmpty() ? new String[0] : wanted.split(",", LiveEvents.ADDRESSES_MAX + 1)) {
                addresses.add(api.parse(one));
            }
        } catch (AddressException e) {
            return Optional.of(ApiRoutes.problem(400, "not an address: " + e.getMessage()));
        }
        if (addresses.size() > LiveEvents.ADDRESSES_MAX) {
            return Optional.of(ApiRoutes.problem(400, "at most " + LiveEvents.ADDRESSES_MAX + " addresses"));
        }
        // A browser repeats the id by itself; a page that opens the stream anew gives it in the query.
        long after = Math.max(number(lastEventId), number(question.parameter("after")));
        return live.add(stream, addresses, after)
                ? Optional.empty()
                : Optional.of(ApiRoutes.problem(503, "too many streams; ask again later")
                        .header("Retry-After", "30"));
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /** JSON to programs, a page to people. */
    Reply problem(Question question, int status) {
        boolean program = question.path().startsWith("/api/")
                || question.path().startsWith("/pool/")
                || question.path().startsWith("/widgets/");
        return program
                ? ApiRoutes.problem(status, ProblemPage.title(status))
                : Reply.html(status, problems.html(visit(question), status)).header("Cache-Control", "no-store");
    }

    private Reply home(Question question) throws StoreException {
        PoolView pool = views.pool();
        Span span = span(question, pool);
        return page(question, home.html(visit(question), pool, span, views.series(Subject.POOL, span)));
    }

    private Reply search(Question question) throws StoreException {
        String typed = question.parameter(ApiRoutes.ADDRESS);
        try {
            return Reply.seeOther("/users/" + api.parse(typed).canonical()).header("Cache-Control", "no-store");
        } catch (AddressException e) {
            PoolView pool = views.pool();
            Span span = span(question, pool);
            Series series = views.series(Subject.POOL, span);
            return Reply.html(400, home.refused(visit(question, "/"), pool, span, series, typed));
        }
    }

    private Reply statement(Question question) throws StoreException {
        String typed = question.parameter(ApiRoutes.ADDRESS);
        try {
            PayoutAddress address = api.parse(typed);
            return api.allowed(question, address)
                    ? page(
                            question,
                            statement.html(
                                    visit(question),
                                    views.statement(address, settings.network().id())))
                    : ApiRoutes.tooMany();
        } catch (AddressException e) {
            return notAnAddress(question, typed);
        }
    }

    /** A page to browsers, the other dialect's JSON to programs. */
    private Reply account(Question question) throws StoreException {
        String typed = question.parameter(ApiRoutes.ADDRESS);
        try {
            PayoutAddress address = api.parse(typed);
            if (!question.wantsPage()) {
                return api.allowed(question, address) ? api.user(question, address) : ApiRoutes.tooMany();
            }
            PoolView pool = views.pool();
            Span span = span(question, pool);
            return page(
                    question,
                    account.html(
                            visit(question),
                            views.account(address),
                            pool,
                            span,
                            views.series(Subject.of(address.accountId()), span)));
        } catch (AddressException e) {
            return question.wantsPage()
                    ? notAnAddress(question, typed)
                    : ApiRoutes.problem(400, "not an address: " + e.getMessage());
        }
    }

    private Reply worker(Question question) throws StoreException {
        String typed = question.parameter(ApiRoutes.ADDRESS);
        String name = question.parameter(ApiRoutes.WORKER);
        try {
            PayoutAddress address = api.parse(typed);
            AccountView of = views.account(address);
            Optional<Worker> known = SmallJson.worker(of, name);
            if (known.isEmpty()) {
                return problem(question, 404);
            }
            PoolView pool = views.pool();
            Span span = span(question, pool);
            Visit visit = visit(question, Visit.workerPath(of.address(), name));
            Series series = views.series(Subject.of(address.accountId(), name), span);
            return page(question, worker.html(visit, of, known.get(), pool, span, series));
        } catch (AddressException e) {
            return notAnAddress(question, typed);
        }
    }

    private Reply block(Question question) throws StoreException {
        PoolView pool = views.pool();
        String hash = question.parameter("hash");
        Optional<BlockView> block = ApiRoutes.find(pool, hash);
        return block.isEmpty()
                ? problem(question, 404)
                : page(question, blocks.one(visit(question), pool, block.get(), views.plan(hash)));
    }

    private Reply connect(Question question) {
        String typed = question.parameter(ApiRoutes.ADDRESS);
        String address = "";
        try {
            address = typed.isEmpty() ? "" : api.parse(typed).canonical();
        } catch (AddressException e) {
            // The page is useful without one; the reader sees the field empty.
            address = "";
        }
        return page(question, connect.html(visit(question), address));
    }

    private Reply mine(Question question) {
        Visit visit = visit(question);
        // Each look has a throw-away address of its own.
        return page(question, mine.html(visit))
                .header(ContentPolicy.HEADER, mine.policy(visit).toString())
                .header("Cache-Control", "no-store");
    }

    private Reply rewards(Question question) throws StoreException {
        Optional<AccountView> own = Optional.empty();
        try {
            String typed = question.parameter(ApiRoutes.ADDRESS);
            own = typed.isBlank() ? own : Optional.of(views.account(api.parse(typed)));
        } catch (AddressException e) {
            // As on the connect page: without it the rules still stand.
            own = Optional.empty();
        }
        RewardsPage.Costs costs = new RewardsPage.Costs(
                question.parameter("rate"),
                question.parameter("watts"),
                question.parameter("price"),
                question.parameter("coin"));
        return page(question, rewards.html(visit(question), views.pool(), own, costs));
    }

    private Span span(Question question, PoolView pool) {
        boolean young = pool.startedAt() == 0 || pool.readAt() - pool.startedAt() < YOUNG_MILLIS;
        return Span.ofId(question.parameter("span")).orElse(young ? Span.HOURS_3 : Span.HOURS_24);
    }

    Visit visit(Question question) {
        return visit(question, question.path());
    }

    private Visit visit(Question question, String path) {
        Language language = Language.ofCode(question.parameter(LANGUAGE))
                .or(() -> Language.ofCode(question.cookieNamed(LANGUAGE)))
                .orElseGet(() -> Language.ofHeader(question.acceptLanguage()));
        boolean plain = path.matches("/[A-Za-z0-9._~%/-]*") && !path.startsWith("//");
        return new Visit(Words.of(language), plain ? path : "/", stratumHost(question));
    }

    static Reply page(Question question, String html) {
        Reply reply = Reply.html(200, html).header("Vary", "Accept, Accept-Language, Accept-Encoding, Cookie");
        return Language.ofCode(question.parameter(LANGUAGE))
                .map(language -> reply.header("Set-Cookie", LANGUAGE + "=" + language.code() + LANGUAGE_KEPT))
                .orElse(reply);
    }

    Reply notAnAddress(Question question, String typed) {
        return Reply.html(400, problems.notAnAddress(visit(question, "/"), typed));
    }

    private String stratumHost(Question question) {
        if (!settings.stratumHost().isEmpty()) {
            return settings.stratumHost();
        }
        return question.host().isEmpty() ? settings.bind() : question.host();
    }
}
