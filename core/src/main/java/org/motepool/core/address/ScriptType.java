package org.motepool.core.address;

/** The output scripts that a payout address can stand for. */
public enum ScriptType {
    P2PKH,
    P2SH,
    P2WPKH,
    P2WSH,
    P2TR
}
