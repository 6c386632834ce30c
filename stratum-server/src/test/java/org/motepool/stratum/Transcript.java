package org.motepool.stratum;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One recorded conversation.
 *
 * @param turns what the device sends in one go, and what comes back
 */
record Transcript(String name, List<Turn> turns) {
    /** The pool ends the connection here. */
    static final String CLOSED = "CLOSED";

    private static final String SUBSCRIBED =
            "{\"id\":%s,\"result\":[[[\"mining.notify\",\"SID\"],[\"mining.set_difficulty\",\"SID\"]],\"1a2b3c4d\",4],\"error\":null}";
    private static final String CONFIGURED =
            "{\"id\":%s,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"1fffe000\"},\"error\":null}";

    /**
     * @param sent all bytes, newlines included
     * @param hangsUp the device closes its side behind them
     */
    record Turn(String sent, boolean hangsUp, List<Expected> expected) {}

    /**
     * @param pattern of the whole line
     * @param notification not a reply: its place among replies depends on how the bytes come in
     */
    record Expected(String token, Pattern pattern, boolean notification) {
        static Expected of(String token) {
            boolean notification = token.equals("DIFF") || token.equals("JOB");
            return new Expected(token, Pattern.compile(regex(token)), notification);
        }

        private static String regex(String token) {
            if (token.equals("DIFF")) {
                return Pattern.quote(ServerFixture.DIFF);
            }
            if (token.equals("JOB")) {
                return Pattern.quote(ServerFixture.JOB);
            }
            if (token.equals("HTTP")) {
                return "HTTP/1\\.1 400 Bad Request\r";
            }
            if (token.equals(CLOSED)) {
                return CLOSED;
            }
            String kind = token.substring(0, token.indexOf('('));
            String[] arguments =
                    token.substring(token.indexOf('(') + 1, token.length() - 1).split(",", -1);
            return switch (kind) {
                case "OK" -> Pattern.quote("{\"id\":" + arguments[0] + ",\"result\":true,\"error\":null}");
                case "SUB" ->
                    Pattern.quote(SUBSCRIBED.replace("%s", arguments[0])).replace("SID", "\\E[0-9a-f]{16}\\Q");
                case "CFG" -> Pattern.quote(CONFIGURED.replace("%s", arguments[0]));
                case "ERR" ->
                    Pattern.quote("{\"id\":" + arguments[0] + ",\"result\":null,\"error\":[" + arguments[1] + ",\"")
                            + "[A-Z][A-Za-z0-9 ]{3,40}"
                            + Pattern.quote("\",null]}");
                default -> throw new IllegalArgumentException("unknown token " + token);
            };
        }
    }

    String sent() {
        StringBuilder all = new StringBuilder();
        turns.forEach(turn -> all.append(turn.sent()));
        return all.toString();
    }

    boolean endsClosed() {
        return expected().stream().anyMatch(line -> line.token().equals(CLOSED));
    }

    List<Expected> expected() {
        return turns.stream().flatMap(turn -> turn.expected().stream()).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    static List<Transcript> all() {
        try (InputStream in =
                Objects.requireNonNull(Transcript.class.getResourceAsStream("transcripts.txt"), "transcripts.txt")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Transcript> parse(List<String> lines) {
        List<Transcript> all = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        String name = "";
        StringBuilder sent = new StringBuilder();
        boolean cut = false;
        for (String line : lines) {
            if (line.startsWith("== ")) {
                if (!name.isEmpty()) {
                    all.add(new Transcript(name, List.copyOf(turns)));
                }
                turns.clear();
                name = line.substring(3);
            } else if (line.startsWith("C ")) {
                sent.append(line.substring(2).replace("\"U\"", '"' + ServerFixture.USER + '"'))
                        .append('\n');
            } else if (line.startsWith("CUT ")) {
                sent.append(line.substring(4).replace("\"U\"", '"' + ServerFixture.USER + '"'));
                cut = true;
            } else if (line.startsWith("S")) {
                List<Expected> expected = new ArrayList<>();
                for (String token : line.substring(1).split(";", -1)) {
                    if (!token.isBlank()) {
                        expected.add(Expected.of(token.strip()));
                    }
                }
                turns.add(new Turn(sent.toString(), cut, List.copyOf(expected)));
                sent.setLength(0);
                cut = false;
            }
        }
        all.add(new Transcript(name, List.copyOf(turns)));
        return all;
    }
}
