package org.motepool.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.api.CkpoolText;
import org.motepool.dashboards.api.JsonText;
import org.motepool.dashboards.api.NativeJson;
import org.motepool.dashboards.api.PaymentsJson;
import org.motepool.dashboards.api.PublicPoolJson;
import org.motepool.dashboards.api.SmallJson;
import org.motepool.dashboards.api.StatementJson;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.http.CallerLimit;
import org.motepool.dashboards.http.Question;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.page.ProblemPage;
import org.motepool.dashboards.svg.Badge;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Span;
import org.motepool.dashboards.view.Views;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Blocks.BlockView;
import org.motepool.store.History.Subject;
import org.motepool.store.StoreException;

/** What programs ask for: the dialects that devices and tools speak, the small formats, and our own API. Thread-safe. */
final class ApiRoutes {
    static final String ADDRESS = "address";
    static final String WORKER = "worker";

    private static final String CLIENT_CACHE = "max-age=10";
    private static final String POOL_CACHE = "max-age=60";
    private static final String SVG = "image/svg+xml";
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String OPEN_API = openApi();

    private final DashboardSettings settings;
    private final Views views;
    private final long startedAt;
    private final CallerLimit limit;

    ApiRoutes(DashboardSettings settings, Views views, PoolClock clock) {
        this.settings = settings;
        this.views = views;
        this.startedAt = clock.epochMillis();
        this.limit = new CallerLimit(clock);
    }

    /** An answer about one account. */
    @FunctionalInterface
    private interface OfAccount {
        Reply answer(Question question, PayoutAddress address) throws StoreException;
    }

    /** The dialects and the small formats: what the device port serves too. */
    List<Route> forDevices(boolean folded) {
        List<Route> routes = new ArrayList<>();
        routes.add(account(
                "/api/client/:address",
                (q, address) -> folded
                        ? text(Reply.JSON, PublicPoolJson.clientFolded(views.account(address)), CLIENT_CACHE)
                        : json(PublicPoolJson.client(views.account(address)), CLIENT_CACHE)));
        routes.add(account(
                "/api/client/:address/chart",
                (q, address) -> json(
                        PublicPoolJson.chart(views.series(Subject.of(address.accountId()), span(q))), POOL_CACHE)));
        routes.add(account("/api/client/:address/:worker", this::worker));
        routes.add(account("/api/client/:address/:worker/:session", this::session));
        routes.add(new Route("/api/pool", q -> json(PublicPoolJson.pool(views.pool()), POOL_CACHE)));
        routes.add(new Route("/api/info", q -> json(PublicPoolJson.info(views.pool(), startedAt), POOL_CACHE)));
        routes.add(new Route(
                "/api/info/chart", q -> json(PublicPoolJson.chart(views.series(Subject.POOL, span(q))), POOL_CACHE)));
        routes.add(new Route("/api/network", q -> json(PublicPoolJson.network(views.pool()), POOL_CACHE)));
        routes.add(new Route(
                "/pool/pool.status", q -> text(TEXT, CkpoolText.pool(views.pool(), views.rates()), CLIENT_CACHE)));
        routes.add(account(
                "/api/device/:address",
                (q, address) -> json(
                        SmallJson.device(settings.poolName(), views.pool(), views.account(address)), CLIENT_CACHE)));
        routes.add(new Route("/widgets/pool", q -> json(SmallJson.umbrel(views.pool()), CLIENT_CACHE)));
        routes.add(new Route("/api/badge/:badge", this::badge));
        routes.add(new Route("/api/card/:card", this::card));
        return routes;
    }

    /** Our own API. */
    List<Route> own() {
        return List.of(
                new Route("/api/v1/openapi.json", q -> text(Reply.JSON, OPEN_API, POOL_CACHE)),
                new Route("/api/v1/pool", q -> json(NativeJson.pool(settings.poolName(), views.pool()), CLIENT_CACHE)),
                new Route(
                        "/api/v1/history",
                        q -> json(NativeJson.history(views.series(Subject.POOL, span(q))), CLIENT_CACHE)),
                new Route("/api/v1/blocks", q -> json(NativeJson.blocks(views.pool()), CLIENT_CACHE)),
                new Route("/api/v1/blocks/:hash", this::block),
                new Route("/api/v1/payouts", q -> json(PaymentsJson.of(views.payments()), CLIENT_CACHE)),
                account(
                        "/api/v1/accounts/:address",
                        (q, address) -> json(NativeJson.account(views.account(address)), CLIENT_CACHE)),
                account(
                        "/api/v1/accounts/:address/statement",
                        (q, address) -> json(
                                StatementJson.of(views.statement(
                                        address, settings.network().id())),
                                CLIENT_CACHE)),
                account(
                        "/api/v1/accounts/:address/history",
                        (q, address) -> json(
                                NativeJson.history(views.series(Subject.of(address.accountId()), span(q))),
                                CLIENT_CACHE)),
                account(
                        "/api/v1/accounts/:address/history.csv",
                        (q, address) -> text(
                                        CSV,
                                        NativeJson.csv(views.series(Subject.of(address.accountId()), span(q))),
                                        CLIENT_CACHE)
                                .header("Content-Disposition", "attachment; filename=\"hash-rate.csv\"")),
                account(
                        "/api/v1/accounts/:address/workers/:worker/history",
                        (q, address) -> json(
                                NativeJson.history(
                                        views.series(Subject.of(address.accountId(), q.parameter(WORKER)), span(q))),
                                CLIENT_CACHE)));
    }

    /** {@code /users/ADDR} where no page is. */
    Route users() {
        return account("/users/:address", this::user);
    }

    /** {@code /users/ADDR} for programs: unknown is not found. */
    Reply user(Question question, PayoutAddress address) throws StoreException {
        AccountView account = views.account(address);
        if (!account.seen()) {
            return problem(404, ProblemPage.title(404));
        }
        Subject subject = Subject.of(address.accountId());
        return text(Reply.JSON, CkpoolText.user(account, views.rates(address), subject), CLIENT_CACHE)
                .header("Vary", "Accept, Accept-Encoding");
    }

    /** A route whose variable part is an address, with what follows when it is none or is asked about too often. */
    private Route account(String template, OfAccount answer) {
        return new Route(template, question -> {
            String typed = question.parameter(ADDRESS);
            try {
                PayoutAddress address = parse(typed);
                return allowed(question, address) ? answer.answer(question, address) : tooMany();
            } catch (AddressException e) {
                return problem(400, "not an address: " + e.getMessage());
            }
        });
    }

    boolean allowed(Question question, PayoutAddress address) {
        return limit.allows(question.caller(), address.canonical());
    }

    static Reply tooMany() {
        return problem(429, ProblemPage.title(429)).header("Retry-After", "10");
    }

    /** A user name as devices send it names its account as well. */
    PayoutAddress parse(String typed) throws AddressException {
        return PayoutAddress.parse(SmallJson.addressPart(typed), settings.network());
    }

    private Reply worker(Question question, PayoutAddress address) throws StoreException {
        String name = question.parameter(WORKER);
        return json(
                PublicPoolJson.worker(
                        name,
                        SmallJson.worker(views.account(address), name),
                        views.series(Subject.of(address.accountId(), name), span(question))),
                POOL_CACHE);
    }

    private Reply session(Question question, PayoutAddress address) throws StoreException {
        String name = question.parameter(WORKER);
        Optional<Worker> worker = SmallJson.worker(views.account(address), name);
        if (worker.isPresent()) {
            for (var session : worker.get().sessions()) {
                if (session.id().equals(question.parameter("session"))) {
                    return json(
                            PublicPoolJson.session(
                                    worker.get(),
                                    session,
                                    views.series(Subject.of(address.accountId(), name), span(question))),
                            POOL_CACHE);
                }
            }
        }
        return problem(404, "no such session");
    }

    private Reply block(Question question) throws StoreException {
        String hash = question.parameter("hash");
        Optional<BlockView> block = find(views.pool(), hash);
        return block.isEmpty()
                ? problem(404, "no such block among the newest " + Views.BLOCKS_MAX)
                : json(NativeJson.block(block.get(), views.plan(hash)), CLIENT_CACHE);
    }

    static Optional<BlockView> find(PoolView pool, String hash) {
        return pool.blocks().stream().filter(block -> block.hash().equals(hash)).findFirst();
    }

    private Reply badge(Question question) throws StoreException {
        String file = question.parameter("badge");
        boolean svg = file.endsWith(".svg");
        if (!svg && !file.endsWith(".json")) {
            return problem(404, "a badge ends in .json or .svg");
        }
        String of = file.substring(0, file.lastIndexOf('.'));
        try {
            String message;
            if (of.equals("pool")) {
                PoolView pool = views.pool();
                message = SmallJson.badgeText(pool.hashRate(), pool.windowShares());
            } else {
                PayoutAddress address = parse(of);
                if (!allowed(question, address)) {
                    return tooMany();
                }
                AccountView account = views.account(address);
                message = SmallJson.badgeText(account.hashRate(), account.windowShares());
            }
            return svg
                    ? text(SVG, Badge.line("hash rate", message), POOL_CACHE)
                    : json(SmallJson.badge(message, !message.startsWith("no")), POOL_CACHE);
        } catch (AddressException e) {
            return problem(400, "not an address: " + e.getMessage());
        }
    }

    private Reply card(Question question) throws StoreException {
        String file = question.parameter("card");
        if (!file.endsWith(".svg")) {
            return problem(404, "a card ends in .svg");
        }
        try {
            PayoutAddress address = parse(file.substring(0, file.length() - ".svg".length()));
            if (!allowed(question, address)) {
                return tooMany();
            }
            AccountView account = views.account(address);
            String card = Badge.card(
                    settings.poolName() + " · " + ShortAddress.of(account.address()),
                    SmallJson.badgeText(account.hashRate(), account.windowShares()),
                    account.online().size() + " of " + account.workers().size() + " online",
                    views.series(Subject.of(address.accountId()), Span.HOURS_24));
            return text(SVG, card, POOL_CACHE);
        } catch (AddressException e) {
            return problem(400, "not an address: " + e.getMessage());
        }
    }

    /** A day unless asked otherwise; other callers say {@code range}, and know days only. */
    private static Span span(Question question) {
        String asked = question.parameter("span").isEmpty() ? question.parameter("range") : question.parameter("span");
        return switch (asked) {
            case "1d" -> Span.HOURS_24;
            case "3d" -> Span.DAYS_7;
            default -> Span.ofId(asked).orElse(Span.HOURS_24);
        };
    }

    static Reply problem(int status, String message) {
        ObjectNode json = PublicPoolJson.problem(status, message);
        return text(status, Reply.JSON, JsonText.of(json), "no-store");
    }

    private static Reply json(JsonNode json, String cache) {
        return text(Reply.JSON, JsonText.of(json), cache);
    }

    private static Reply text(String type, String text, String cache) {
        return text(200, type, text, cache);
    }

    /** Any site may read these numbers: they are public, and nobody is logged in here. */
    static Reply text(int status, String type, String text, String cache) {
        return Reply.of(status, type, text)
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", cache)
                .header("Vary", "Accept-Encoding");
    }

    private static String openApi() {
        try (InputStream file = ApiRoutes.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("the program is incomplete: no openapi.json");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
