package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
    private static NodeSettings of(String url) {
        return NodeSettings.of(url, Optional.empty(), Optional.empty());
    }

    @Test
    void takesUserAndPasswordOutOfTheUrl() {
        NodeSettings settings = of("http://pool:p%40ss+w%3Ard@127.0.0.1:8332/wallet/hot");
        assertThat(settings.login()).isEqualTo(new RpcLogin.UserPassword("pool", "p@ss+w:rd"));
        assertThat(settings.url()).isEqualTo(URI.create("http://127.0.0.1:8332/wallet/hot"));
        assertThat(settings.name()).isEqualTo("127.0.0.1:8332");
        assertThat(settings.toString()).doesNotContain("p@ss", "p%40ss").contains("user pool");
    }

    @Test
    void takesTheCookieWhereTheUrlHasNoLogin() {
        NodeSettings settings = NodeSettings.of("http://127.0.0.1", Optional.of(Path.of(".cookie")), Optional.empty());
        assertThat(settings.login()).isEqualTo(new RpcLogin.CookieFile(Path.of(".cookie")));
        assertThat(settings.name()).isEqualTo("127.0.0.1");
        assertThat(of("https://127.0.0.1:1").login()).isEqualTo(new RpcLogin.None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8332", "ftp://u:sesame@127.0.0.1", "http://u:ses ame@x", "http://sesame@x", "http:///"
            })
    void refusesOtherUrlsWithoutShowingThePassword(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContainingAny("sesame", "ses ame")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:28332", "ipc:///tmp/x", "tcp://127.0.0.1", "tcp://*:1"})
    void refusesOtherZmqEndpoints(String endpoint) {
        assertThatThrownBy(() -> NodeSettings.of("http://127.0.0.1", Optional.empty(), Optional.of(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tcp://HOST:PORT");
    }
}
