package org.motepool.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.PayoutAddress;
import org.motepool.dashboards.api.JsonText;
import org.motepool.dashboards.api.PublicPoolJson;
import org.motepool.dashboards.http.Question;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.page.AccountPage;
import org.motepool.dashboards.page.Asset;
import org.motepool.dashboards.page.BlocksPage;
import org.motepool.dashboards.page.HomePage;
import org.motepool.dashboards.page.ProblemPage;
import org.motepool.dashboards.view.Views;
import org.motepool.store.StoreException;

/** What is answered under which public path. Thread-safe. */
final class PublicRoutes {
    private static final String ADDRESS = "address";
    private static final String CLIENT_CACHE = "max-age=10";
    private static final String POOL_CACHE = "max-age=60";

    private final DashboardSettings settings;
    private final Views views;
    private final long startedAt;
    private final HomePage home;
    private final AccountPage account;
    private final BlocksPage blocks;
    private final ProblemPage problems;

    PublicRoutes(DashboardSettings settings, Views views, long startedAt) {
        this.settings = settings;
        this.views = views;
        this.startedAt = startedAt;
        this.home = new HomePage(settings.poolName(), settings.stratumPort());
        this.account = new AccountPage(settings.poolName(), settings.stratumPort());
        this.blocks = new BlocksPage(settings.poolName());
        this.problems = new ProblemPage(settings.poolName());
    }

    List<Route> all() {
        List<Route> routes = new ArrayList<>(List.of(
                new Route("/", question -> Reply.html(200, home.html(views.pool(), stratumHost(question)))),
                new Route("/search", this::search),
                new Route("/users/:address", this::account),
                new Route("/blocks", question -> Reply.html(200, blocks.html(views.pool()))),
                new Route("/api/client/:address", this::client),
                new Route("/api/pool", question -> open(200, PublicPoolJson.pool(views.pool()), POOL_CACHE)),
                new Route("/api/info", question -> open(200, PublicPoolJson.info(views.pool(), startedAt), POOL_CACHE)),
                new Route("/api/network", question -> open(200, PublicPoolJson.network(views.pool()), POOL_CACHE))));
        Asset.ALL.forEach(asset -> routes.add(asset.route()));
        return routes;
    }

    /** JSON to programs, a page to people. */
    Reply problem(Question question, int status) {
        return question.path().startsWith("/api/")
                ? open(status, PublicPoolJson.problem(status, ProblemPage.title(status)), "no-store")
                : Reply.html(status, problems.html(status)).header("Cache-Control", "no-store");
    }

    private Reply search(Question question) throws StoreException {
        String typed = question.parameter(ADDRESS);
        try {
            return Reply.seeOther("/users/" + parse(typed).canonical()).header("Cache-Control", "no-store");
        } catch (AddressException e) {
            return Reply.html(
                    400, home.refused(views.pool(), stratumHost(question), typed, String.valueOf(e.getMessage())));
        }
    }

    private Reply account(Question question) throws StoreException {
        String typed = question.parameter(ADDRESS);
        try {
            PayoutAddress address = parse(typed);
            return Reply.html(
                    200, account.html(views.account(address), views.pool().chain(), stratumHost(question)));
        } catch (AddressException e) {
            return Reply.html(400, problems.notAnAddress(typed, String.valueOf(e.getMessage())));
        }
    }

    private Reply client(Question question) throws StoreException {
        try {
            PayoutAddress address = parse(question.parameter(ADDRESS));
            return open(200, PublicPoolJson.client(views.account(address)), CLIENT_CACHE);
        } catch (AddressException e) {
            return open(400, PublicPoolJson.problem(400, "not an address: " + e.getMessage()), "no-store");
        }
    }

    /** A user name as devices send it, {@code ADDRESS.worker} or {@code ADDRESS_worker}, names its account as well. */
    private PayoutAddress parse(String typed) throws AddressException {
        String text = typed.strip();
        int end = 0;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '_') {
            end++;
        }
        return PayoutAddress.parse(text.substring(0, end), settings.network());
    }

    private String stratumHost(Question question) {
        if (!settings.stratumHost().isEmpty()) {
            return settings.stratumHost();
        }
        return question.host().isEmpty() ? settings.bind() : question.host();
    }

    /** Any site may read these numbers: they are public, and nobody is logged in here. */
    private static Reply open(int status, ObjectNode json, String cache) {
        return Reply.json(status, JsonText.of(json))
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", cache)
                .header("Vary", "Accept-Encoding");
    }
}
