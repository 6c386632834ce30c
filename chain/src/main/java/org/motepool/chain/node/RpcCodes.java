package org.motepool.chain.node;

/** The few of Bitcoin Core's RPC error codes that mean something to the pool. */
final class RpcCodes {
    static final int MISC = -1;
    static final int INVALID_ADDRESS_OR_KEY = -5;
    static final int INVALID_PARAMETER = -8;
    static final int DESERIALIZATION = -22;

    private RpcCodes() {}
}
