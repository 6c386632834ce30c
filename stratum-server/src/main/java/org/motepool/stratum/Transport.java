package org.motepool.stratum;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.motepool.stratum.guard.StratumLimits;

/** How sockets are served: epoll where it is there, NIO else. */
enum Transport {
    EPOLL,
    NIO;

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
