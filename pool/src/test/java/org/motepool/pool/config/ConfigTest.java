package org.motepool.pool.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.account.Scheme;
import org.motepool.core.address.Network;
import org.motepool.core.work.Level;
import org.motepool.store.redis.RedisUsers;
import org.motepool.stratum.vardiff.DeviceClass;

class ConfigTest {
    private static final String ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

    @TempDir
    private Path directory;

    private final List<Finding> findings = new ArrayList<>();

    private PoolConfig read(String toml, Map<String, String> environment) throws Exception {
        Path file = Files.writeString(directory.resolve("mote.toml"), toml);
        Settings settings = Settings.defaults();
        SettingsReader reader = new SettingsReader(findings);
        reader.readFile(file, settings);
        reader.readEnvironment(environment, settings);
        return ConfigChecker.check(settings, findings);
    }

    private List<Finding> findingsOf(String toml) {
        return catchThrowableOfType(ConfigException.class, () -> read(toml, Map.of()))
                .findings();
    }

    @Test
    void readsHowMinersArePaid() throws Exception {
        PoolConfig config = read("""
                network = "main"
                [pool]
                payout-address = "%s"
                [node]
                urls = ["http://u:p@127.0.0.1:8332"]
                [payout]
                enabled = true
                wallet = "pool"
                fallback-fee-rate = 1.5
                every-hours = 168
                lightning-url = "https://127.0.0.1:3010"
                lightning-rune = "sesame"
                """.formatted(ADDRESS), Map.of());
        assertThat(config.payments().on()).isTrue();
        assertThat(config.payments().schedule().everyHours()).isEqualTo(168);
        assertThat(config.payments().chain().fallback()).contains(FeeRate.parse("1.5"));
        assertThat(config.payments().lightning().orElseThrow().terms().most()).isEqualTo(100_000);
        assertThat(config.payments().toString() + config.payments().lightning()).doesNotContain("sesame");
    }

    @Test
    void paysNobodyUnlessAskedToAndNeverOnTheBuiltInChain() throws Exception {
        assertThat(read("network = \"devnet\"", Map.of()).payments().on()).isFalse();
        assertThat(findingsOf("""
                network = "devnet"
                [payout]
                enabled = true
                max-fee-rate = "much"
                lightning-url = "https://127.0.0.1:3010"
                lightning-in-flight-satoshis = 5
                """))
                .extracting(Finding::toString)
                .anySatisfy(text -> assertThat(text).contains("payout.enabled").contains("no wallet"))
                .anySatisfy(text -> assertThat(text).contains("payout.max-fee-rate"))
                .anySatisfy(text -> assertThat(text).contains("payout.lightning-rune"))
                .anySatisfy(text -> assertThat(text).contains("payout.lightning-in-flight-satoshis"));
    }

    @Test
    void takesFileThenEnvironment() throws Exception {
        PoolConfig config =
                read("""
                network = "main"
                [pool]
                payout-address = "%s"
                [node]
                urls = ["http://u:p@127.0.0.1:8332", "http://u:p@127.0.0.1:8333"]
                [stratum]
                port = 4444
                """.formatted(ADDRESS), Map.of("MOTE_STRATUM_PORT", "5555", "MOTE_POOL_FEE_BASIS_POINTS", "50"));
        assertThat(config.network()).isEqualTo(Network.MAIN);
        assertThat(config.stratum().port()).isEqualTo(5555);
        assertThat(config.feeBasisPoints()).isEqualTo(50);
        assertThat(config.nodes().urls()).hasSize(2);
        assertThat(config.payoutAddress().canonical()).isEqualTo(ADDRESS);
    }

    @Test
    void takesBlankVariablesAsNotSet() throws Exception {
        PoolConfig config = read(
                "network = \"devnet\"",
                Map.of(
                        "MOTE_NODE_URLS",
                        "",
                        "MOTE_POOL_PAYOUT_ADDRESS",
                        " ",
                        "MOTE_NETWORK",
                        "",
                        "MOTE_STRATUM_PORT",
                        ""));
        assertThat(config.network()).isEqualTo(Network.DEVNET);
        assertThat(config.nodes().urls()).isEmpty();
        assertThat(config.stratum().port()).isEqualTo(3333);
    }

    @Test
    void tellsEveryFindingAtOnce() {
        List<Finding> found = findingsOf("""
                network = "mainnet"
                [stratum]
                prot = 3333
                share-seconds = "soon"
                [http]
                port = 70000
                [redis]
                url = "localhost:6379"
                """);
        assertThat(found).hasSize(5);
        assertThat(found.toString())
                .contains("Did you mean stratum.port?")
                .contains("is no network that Motepool knows")
                .contains("whole number from 1 to 600")
                .contains("whole number from 0 to 65535")
                .contains("redis://");
    }

    @Test
    void namesTheNetworkOfAForeignAddress() {
        assertThat(findingsOf(
                                "network = \"regtest\"\n[node]\nurls = [\"http://u:p@127.0.0.1:1\"]\n[pool]\npayout-address = \""
                                        + ADDRESS + "\"")
                        .toString())
                .contains("address of main")
                .contains("regtest");
    }

    @Test
    void wantsNodeAndAddressOnRealNetworks() {
        assertThat(findingsOf("network = \"main\"")).extracting(Finding::where).anyMatch(w -> w.contains("node.urls"));
    }

    @Test
    void neverRepeatsAPassword() {
        List<Finding> found = findingsOf(
                "network = \"main\"\n[node]\nurls = [\"http://user:se cret@host:1\", \"ftp://u:secret@h:1\"]");
        assertThat(found.toString()).doesNotContain("secret").doesNotContain("se cret");
    }

    @Test
    void saysWhereTheFileIsNotToml() {
        assertThat(findingsOf("network = \n").toString()).contains("is not TOML");
    }

    @Test
    void devnetNeedsNothing() throws Exception {
        PoolConfig config = read("network = \"devnet\"", Map.of());
        assertThat(config.payoutAddress().network()).isEqualTo(Network.DEVNET);
        assertThat(config.nodes().urls()).isEmpty();
    }

    @Test
    void benchNeedsNothingAndHasABlockFullOfTransactions() throws Exception {
        PoolConfig config = read("network = \"bench\"", Map.of());
        assertThat(config.network()).isEqualTo(Network.BENCH);
        assertThat(config.devnet().transactions()).isEqualTo(3000);
        assertThat(read("network = \"devnet\"", Map.of()).devnet().transactions())
                .isEqualTo(20);
        assertThat(read("network = \"bench\"", Map.of("MOTE_DEVNET_TRANSACTIONS", "7"))
                        .devnet()
                        .transactions())
                .isEqualTo(7);
    }

    @Test
    void refusesTheSamePortTwice() {
        assertThatThrownBy(() -> read("network = \"devnet\"\n[http]\nport = 3333", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("stratum.port");
    }

    @Test
    void readsMorePortsFromTablesAndFromLines() throws Exception {
        PoolConfig config = read("""
                network = "devnet"
                [stratum]
                mode = "solo"
                proxy-from = ["10.0.0.0/8", "192.0.2.1"]
                [[listener]]
                name = "screens"
                port = 2018
                class = "micro"
                [[listener]]
                port = 3334
                mode = "pplns"
                floor-level = 32
                bind = "127.0.0.1"
                proxy-from = ["192.168.0.0/16", "2001:db8::/32"]
                """, Map.of());
        assertThat(config.ports().mode()).isEqualTo(Scheme.SOLO);
        assertThat(config.ports().proxies()).hasSize(2);
        StratumPorts.Listener screens = config.ports().more().getFirst();
        StratumPorts.Listener other = config.ports().more().get(1);
        assertThat(screens.name()).isEqualTo("screens");
        assertThat(screens.endpoint()).isEqualTo(new PoolConfig.Endpoint("0.0.0.0", 2018));
        assertThat(screens.mode()).isEqualTo(Scheme.PPLNS);
        assertThat(screens.deviceClass()).contains(DeviceClass.MICRO);
        assertThat(screens.floor()).isEmpty();
        assertThat(other.name()).isEqualTo("port-3334");
        assertThat(other.endpoint().bind()).isEqualTo("127.0.0.1");
        assertThat(other.floor()).contains(new Level(32));
        assertThat(other.proxies()).hasSize(2);

        PoolConfig lines = read(
                "network = \"devnet\"",
                Map.of("MOTE_LISTENER", "port=2018 class=micro; name=alone port=0 mode=solo proxy-from=10.0.0.0/8"));
        assertThat(lines.ports().more()).hasSize(2);
        assertThat(lines.ports().more().get(1).mode()).isEqualTo(Scheme.SOLO);
        assertThat(lines.ports().more().get(1).proxies()).hasSize(1);
    }

    @Test
    void tellsEveryFaultOfAListener() {
        List<Finding> found = findingsOf("""
                network = "devnet"
                [stratum]
                mode = "prop"
                proxy-from = ["nobody"]
                tls-key = "/nowhere/key.pem"
                [[listener]]
                name = "Main Port"
                port = "high"
                mode = "solo,pplns"
                floor-level = 9
                class = "toaster"
                tls = "only"
                proxy-from = "10.0.0.0/99"
                colour = "red"
                [[listener]]
                name = "main"
                port = 3333
                """);
        assertThat(found.toString())
                .contains("Use pplns or solo")
                .contains("nobody")
                .contains("stratum.tls-certificate")
                .contains("name 'Main_Port'")
                .contains("port 'high'")
                .contains("mode 'solo,pplns'")
                .contains("floor-level '9'")
                .contains("class 'toaster'")
                .contains("there is no certificate")
                .contains("10.0.0.0/99")
                .contains("'colour=red'")
                .contains("name 'main'")
                .contains("port 3333, which is taken")
                .contains("mote.toml:6 listener 2");
    }

    @Test
    void saysWhatIsWrongWithACertificate() {
        assertThat(findingsOf("network = \"devnet\"\n[stratum]\ntls-certificate = \"/nowhere/a.pem\"\ntls-key ="
                                + " \"/nowhere/b.pem\"")
                        .toString())
                .contains("/nowhere/a.pem cannot be read")
                .contains("check the path");
    }

    @Test
    void theFileOfVariablesIsWhatTheCodePrints() throws Exception {
        assertThat(Files.readString(Path.of("../deploy/mote.env")))
                .as("write it anew: ./mote config reference --env > deploy/mote.env")
                .isEqualTo(Reference.environment());
    }

    @Test
    void theUsersOfRedisAreWhatTheCodePrints() throws Exception {
        assertThat(Files.readString(Path.of("../deploy/redis/users.acl")))
                .as("write it anew: ./mote config redis-users > deploy/redis/users.acl")
                .isEqualTo(RedisUsers.file());
    }

    @Test
    void theReferenceFileIsWhatTheCodePrints() throws Exception {
        Path file = Path.of("../deploy/mote.reference.toml");
        assertThat(Files.readString(file))
                .as("write it anew: ./mote config reference > deploy/mote.reference.toml")
                .isEqualTo(Reference.toml());
        Settings settings = Settings.defaults();
        new SettingsReader(findings).readFile(file, settings);
        assertThat(findings).isEmpty();
        for (Key key : Key.values()) {
            assertThat(settings.get(key).texts())
                    .as(key.path())
                    .isEqualTo(Settings.defaults().get(key).texts());
        }
    }

    @Test
    void everyLineOfTheReferenceIsASettingWhenItIsTakenIn() throws Exception {
        String all = Reference.toml().replaceAll("(?m)^# ((\\[\\[)?[a-z-]+(\\]\\]$| = ))", "$1");
        Path file = Files.writeString(directory.resolve("all.toml"), all);
        new SettingsReader(findings).readFile(file, Settings.defaults());
        assertThat(findings).isEmpty();
    }

    @Test
    void theExampleFileHasNoMistypedKey() {
        Settings settings = Settings.defaults();
        new SettingsReader(findings).readFile(Path.of("../deploy/mote.example.toml"), settings);
        assertThat(findings).isEmpty();
        assertThat(settings.get(Key.JOURNAL_MIRROR).isDefault()).isFalse();
    }

    @Test
    void suggestsTheVariableThatWasMeantAndLeavesThoseOfOthersAlone() {
        Settings settings = Settings.defaults();
        SettingsReader reader = new SettingsReader(findings);
        reader.readEnvironment(
                Map.of("MOTE_STRATUM_PROT", "1", "MOTE_SERVICE_HOST", "10.0.0.1", "MOTE_HEAP", "1g"), settings);
        assertThat(findings).hasSize(1);
        assertThat(findings.toString()).contains("MOTE_STRATUM_PROT").contains("Did you mean MOTE_STRATUM_PORT?");
    }

    @Test
    void readsASecretFromTheFileThatAVariableNames() throws Exception {
        Path secret = Files.writeString(directory.resolve("redis"), "redis://:sesame@store:6379\n");
        PoolConfig config = read("network = \"devnet\"", Map.of("MOTE_REDIS_URL_FILE", secret.toString()));
        assertThat(config.redis().url()).contains("redis://:sesame@store:6379");
    }

    @Test
    void tellsWhatIsWrongWithAFileOfASecret() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        SettingsReader reader = new SettingsReader(findings);
        reader.readEnvironment(
                Map.of("MOTE_REDIS_URL_FILE", "/nowhere/redis", "MOTE_NODE_URLS_FILE", empty.toString()),
                Settings.defaults());
        reader.readEnvironment(
                Map.of("MOTE_REDIS_URL_FILE", empty.toString(), "MOTE_REDIS_URL", "redis://h"), Settings.defaults());
        reader.readEnvironment(Map.of("MOTE_STRATUM_PORT_FILE", empty.toString()), Settings.defaults());
        assertThat(findings.toString())
                .contains("cannot be read: /nowhere/redis")
                .contains("empty file")
                .contains("is set beside MOTE_REDIS_URL")
                .contains("no secret");
    }

    @Test
    void showsWhereEachValueComesFromAndNoSecret() throws Exception {
        Path secret = Files.writeString(directory.resolve("redis"), "redis://:sesame@store:6379\n");
        Path file = Files.writeString(
                directory.resolve("mote.toml"),
                "[node]\nurls = [\"http://user:sesame@127.0.0.1:8332\"]\n[http]\nport = 8081");
        Settings settings = Settings.defaults();
        SettingsReader reader = new SettingsReader(findings);
        reader.readFile(file, settings);
        reader.readEnvironment(Map.of("MOTE_REDIS_URL_FILE", secret.toString(), "MOTE_STRATUM_PORT", "3334"), settings);
        settings.put(Key.DATA, "/data", "--data");
        List<Origins.Line> lines = Origins.of(settings);
        assertThat(lines.toString()).doesNotContain("sesame");
        assertThat(lines)
                .contains(
                        new Origins.Line("node.urls", "http://***@127.0.0.1:8332", file + ":2 node.urls"),
                        new Origins.Line("http.port", "8081", file + ":4 http.port"),
                        new Origins.Line(
                                "redis.url", "redis://***@store:6379", "environment variable MOTE_REDIS_URL_FILE"),
                        new Origins.Line("stratum.port", "3334", "environment variable MOTE_STRATUM_PORT"),
                        new Origins.Line("data.dir", "/data", "--data"),
                        new Origins.Line("management.port", "9333", "default"))
                .hasSize(Key.values().length);
    }

    @Test
    void redisMayHaveAUserTlsOrSentinels() throws Exception {
        for (String url : List.of(
                "redis://stratum:sesame@store:6379/2",
                "rediss://stratum:sesame@store:6380",
                "redis-sentinel://stratum:sesame@one:26379,two:26379#motepool")) {
            PoolConfig config = read("network = \"devnet\"\n[redis]\nurl = \"" + url + "\"\n", Map.of());
            assertThat(config.redis().url()).contains(url);
            assertThat(config.redis().toString()).doesNotContain("sesame");
        }
        assertThat(findingsOf("network = \"devnet\"\n[redis]\nurl = \"redis-sentinel://one:26379\"\n")
                        .toString())
                .contains("must end with # and the name");
    }

    @Test
    void theAuthorityOfRedisIsAFileAndForTlsAlone() throws Exception {
        Path pem = Files.writeString(directory.resolve("ca.pem"), "x");
        PoolConfig config = read(
                "network = \"devnet\"\n[redis]\nurl = \"rediss://h\"\nca-certificate = \"" + pem + "\"\n", Map.of());
        assertThat(config.redis().authority()).contains(pem);
        assertThat(findingsOf("network = \"devnet\"\n[redis]\nurl = \"redis://h\"\nca-certificate = \"" + pem + "\"\n")
                        .toString())
                .contains("is of no use without TLS");
        assertThat(findingsOf("network = \"devnet\"\n[redis]\nurl = \"rediss://h\"\nca-certificate = \"/nowhere\"\n")
                        .toString())
                .contains("cannot be read: /nowhere");
    }

    @Test
    void aPageNeedsNoNodeAndNoPayoutAddress() throws Exception {
        Settings settings = Settings.defaults();
        settings.put(Key.NETWORK, "main", "test");
        settings.put(Key.REDIS_URL, "redis://dashboard:sesame@store:6379", "test");
        assertThat(ConfigChecker.checkForPage(settings, List.of()).nodes().urls())
                .isEmpty();
        assertThatThrownBy(() -> ConfigChecker.check(settings, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("node.urls")
                .hasMessageContaining("pool.payout-address");
    }
}
