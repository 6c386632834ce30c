package org.motepool.stratum;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import org.motepool.stratum.guard.StratumLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How sockets are served: epoll where it is there, NIO else. */
enum Transport {
    EPOLL,
    NIO;

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** Dead peers are found after about 5 minutes of unanswered probes; a peer with a closed window answers them. */
    private static final int KEEPALIVE_IDLE_SECONDS = 120;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 30;
    private static final int KEEPALIVE_PROBES = 6;

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    EventLoopGroup group(String name, int threads) {
        DefaultThreadFactory factory = new DefaultThreadFactory(name, true);
        return new MultiThreadIoEventLoopGroup(
                threads,
                factory,
                switch (this) {
                    case EPOLL -> EpollIoHandler.newFactory();
                    case NIO -> NioIoHandler.newFactory();
                });
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    /**
     * Lets another process listen on the same port, and the system spread connections over both.
     *
     * @throws IOException where the system has no such thing
     */
    void shareThePort(ServerBootstrap bootstrap) throws IOException {
        if (this != EPOLL) {
            throw new IOException("two processes can share a port on Linux alone (epoll is not available here: "
                    + Epoll.unavailabilityCause() + "); set stratum.reuse-port to false");
        }
        bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
    }

    /**
     * Makes the line of those who wait to be accepted as short as can be, so that nobody stands in it when the listener is
     * closed: who finds no place asks again, and meets the process that took over.
     */
    void shortenLine(Channel acceptor) {
        if (this == EPOLL
                && acceptor instanceof EpollServerSocketChannel epoll
                && epoll.fd() instanceof Socket socket) {
            try {
                socket.listen(0);
            } catch (IOException e) {
                LOG.warn("the line of waiting connections stays as long as it was: {}", e.getMessage());
            }
        }
    }

    /** Finds dead peers, and keeps little in the kernel for one that does not read. NIO keeps the system's values. */
    void tune(ServerBootstrap bootstrap) {
        if (this == EPOLL) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES)
                    .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) StratumLimits.UNSENT_BYTES_MAX);
        }
    }
}
