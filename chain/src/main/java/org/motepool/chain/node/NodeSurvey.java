package org.motepool.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.prometheus.client.CollectorRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.MalformedReplyException;
import org.motepool.chain.template.ReplyFields;
import org.motepool.chain.template.TemplateParser;
import org.motepool.core.time.PoolClock;

/**
 * What one node says of itself when it is asked once, before a pool relies on it. Immutable.
 *
 * @param name of the node, without password
 * @param wrongNetwork says which chain it is on where that is another one; else empty
 * @param downloading it has said that it is still fetching the chain
 * @param blocks height of its chain
 * @param headers height of the headers it has heard of; {@code blocks} from a node that does not tell
 * @param tipTime in the header of its newest block, seconds since 1970; empty from a node that does not tell
 * @param version as Bitcoin Core numbers its versions, 280000 for 28.0; empty where it is numbered otherwise
 * @param program what it calls itself, as {@code /Satoshi:28.0.0/}; empty from a node that does not tell
 * @param template what it gives; empty where it gives none
 * @param templateTrouble why there is no template; else empty
 */
public record NodeSurvey(
        String name,
        String wrongNetwork,
        boolean downloading,
        int blocks,
        int headers,
        OptionalLong tipTime,
        OptionalInt version,
        String program,
        Optional<BlockTemplate> template,
        String templateTrouble) {
    private static final int PROGRAM_CHARACTERS_MAX = 60;

    /**
     * Asks the node; blocks for a few requests.
     *
     * @throws ChainException when it does not answer, or not as a node would, saying what to look at
     */
    public static NodeSurvey of(NodeSettings settings, ChainParameters parameters) throws ChainException {
        NodeMetrics metrics = new NodeMetrics(new CollectorRegistry(), PoolClock.SYSTEM);
        try (ChainNode node = new ChainNode(0, settings, metrics, PoolClock.SYSTEM)) {
            return of(node, parameters);
        } catch (NodeException | MalformedReplyException e) {
            throw new ChainException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException("interrupted while asking node " + settings.name(), e);
        }
    }

    private static NodeSurvey of(ChainNode node, ChainParameters parameters)
            throws NodeException, MalformedReplyException, InterruptedException {
        String wrongNetwork = node.wrongNetwork(parameters.network());
        JsonNode reply = node.call("getblockchaininfo");
        ReplyFields info = ReplyFields.of("getblockchaininfo", reply);
        int blocks = (int) info.integer("blocks", 0, Integer.MAX_VALUE);
        int headers = info.has("headers") ? (int) info.integer("headers", 0, Integer.MAX_VALUE) : blocks;
        JsonNode network = optional(node, "getnetworkinfo");
        JsonNode version = network.path("version");
        String trouble = "";
        Optional<BlockTemplate> template = Optional.empty();
        try {
            template = Optional.of(
                    TemplateParser.parse(node.call("getblocktemplate", Map.of("rules", parameters.templateRules()))));
        } catch (NodeException.Refused e) {
            trouble = String.valueOf(e.getMessage());
        }
        return new NodeSurvey(
                node.name(),
                wrongNetwork,
                reply.path("initialblockdownload").asBoolean(false),
                blocks,
                headers,
                tipTime(node, info),
                version.isInt() ? OptionalInt.of(version.intValue()) : OptionalInt.empty(),
                shown(network.path("subversion").asText("")),
                template,
                trouble);
    }

    private static OptionalLong tipTime(ChainNode node, ReplyFields info)
            throws NodeException, MalformedReplyException, InterruptedException {
        String tip = info.hash("bestblockhash").toDisplayHex();
        JsonNode time = optional(node, "getblockheader", tip, true).path("time");
        return time.canConvertToLong() && time.isIntegralNumber()
                ? OptionalLong.of(time.longValue())
                : OptionalLong.empty();
    }

    /** An empty object from a node that has no such method. */
    private static JsonNode optional(ChainNode node, String method, Object... params)
            throws NodeException, InterruptedException {
        try {
            return node.call(method, params);
        } catch (NodeException.Refused e) {
            return MissingNode.getInstance();
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= PROGRAM_CHARACTERS_MAX
                ? printable
                : printable.substring(0, PROGRAM_CHARACTERS_MAX);
    }
}
