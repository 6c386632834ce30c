package org.motepool.payout.lightning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.lightning.LightningNode.Decoded;
import org.motepool.payout.outside.OutsideServers;
import org.motepool.payout.outside.PublicHosts;

/**
 * Gets invoices from payees (LNURL-pay) and believes nothing of them: amount, network, time left and description are what
 * was asked for, or it is refused. Thread-safe.
 *
 * @see "LUD-06, LUD-16, BOLT 11"
 */
public final class InvoiceDesk {
    /** So long there has to be for paying it. */
    private static final long LEFT_SECONDS_MIN = 60;
    /** A payment that may hang for longer than this is not begun. */
    private static final long LEFT_SECONDS_MAX = 2L * 86_400;

    private static final long MILLIS = 1_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<Network, String> CURRENCIES = Map.of(
            Network.MAIN, "bc",
            Network.TESTNET4, "tb",
            Network.SIGNET, "tbs",
            Network.REGTEST, "bcrt",
            Network.LTC_MAIN, "ltc",
            Network.LTC_TEST, "tltc",
            Network.LTC_REGTEST, "rltc");

    private final LightningNode node;
    private final Network network;
    private final OutsideServers servers;
    private final PoolClock clock;

    /** Asks servers of the public internet alone. */
    public InvoiceDesk(LightningNode node, Network network, PoolClock clock) {
        this(node, network, new PublicHosts(), clock);
    }

    InvoiceDesk(LightningNode node, Network network, OutsideServers.Connector connector, PoolClock clock) {
        this.node = node;
        this.network = network;
        this.servers = new OutsideServers(connector, clock);
        this.clock = clock;
    }

    /**
     * An invoice of exactly so much.
     *
     * @param url of the payee's pay request
     */
    public Invoice invoice(URI url, long satoshis) throws LightningException {
        long wanted = Math.multiplyExact(satoshis, MILLIS);
        JsonNode offer = ask(url);
        if (!offer.path("tag").asText().equals("payRequest")) {
            throw new LightningException("the payee's server offers no payRequest: " + reason(offer));
        }
        long least = offer.path("minSendable").asLong(Long.MAX_VALUE);
        long most = offer.path("maxSendable").asLong(0);
        if (wanted < least || wanted > most) {
            throw new LightningException(
                    "the payee takes " + least + " to " + most + " millisatoshis, and not " + wanted);
        }
        String metadata = offer.path("metadata").asText();
        JsonNode answer = ask(callback(offer.path("callback").asText(), wanted));
        String bolt11 = answer.path("pr").asText();
        if (bolt11.isEmpty() || bolt11.length() > Invoice.CHARACTERS_MAX) {
            throw new LightningException("the payee's server gives no invoice: " + reason(answer));
        }
        return check(bolt11, wanted, metadata);
    }

    private static URI callback(String text, long millisatoshis) throws LightningException {
        try {
            return URI.create(text + (text.indexOf('?') < 0 ? '?' : '&') + "amount=" + millisatoshis);
        } catch (IllegalArgumentException e) {
            throw new LightningException("the payee's server names a callback that is no URL", e);
        }
    }

    private JsonNode ask(URI url) throws LightningException {
        try {
            return JSON.readTree(servers.get(url));
        } catch (JsonProcessingException e) {
            throw new LightningException("the payee's server " + url.getHost() + " answers no JSON", e);
        } catch (IOException e) {
            throw new LightningException("the payee's server " + url.getHost() + ": " + e.getMessage(), e);
        }
    }

    private static String reason(JsonNode answer) {
        String text = answer.path("reason").asText("no reason given").replaceAll("\\p{Cntrl}+", " ");
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private Invoice check(String bolt11, long wanted, String metadata) throws LightningException {
        Decoded decoded = node.decode(bolt11);
        if (!decoded.currency().equals(CURRENCIES.get(network))) {
            throw new LightningException(
                    "the invoice is of the network " + decoded.currency() + ", not of " + network.id());
        }
        if (decoded.millisatoshis() != wanted) {
            throw new LightningException(
                    "the invoice is of " + decoded.millisatoshis() + " millisatoshis, not " + wanted);
        }
        Bytes hash = Sha256.once(Bytes.copyOf(metadata.getBytes(StandardCharsets.UTF_8)));
        if (!decoded.descriptionHash().equals(Optional.of(hash))) {
            throw new LightningException("the invoice is not for what the payee's server described");
        }
        if (node.find(decoded.paymentHash()).status() != LightningNode.Status.NONE) {
            throw new LightningException("the payee's server gives an invoice that was used before");
        }
        long expiresAt = Math.addExact(decoded.createdAt(), decoded.expirySeconds());
        long left = expiresAt - clock.epochMillis() / MILLIS;
        if (left < LEFT_SECONDS_MIN || left > LEFT_SECONDS_MAX) {
            throw new LightningException("the invoice expires in " + left + " s: it has to be " + LEFT_SECONDS_MIN
                    + " to " + LEFT_SECONDS_MAX);
        }
        return new Invoice(decoded.paymentHash(), wanted, expiresAt, bolt11);
    }
}
