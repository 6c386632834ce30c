'use strict';

// Runs a bcoin full node with its wallet on regtest: in memory, on loopback, on ports that the system picks, or with
// its RPC on MOTE_RPC_PORT.
// Prints one line of JSON when it is ready, and one for each new block. Ends when its standard input ends, so it
// cannot outlive the process that started it, however that one dies.

process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();

const {FullNode, Network, Address, wallet} = require('bcoin');
const {version} = require('bcoin/package.json');

const SEGWIT_ACTIVE = 440; // BIP 9 on regtest: active from height 432
const WALLET_BLOCKS = 20; // enough coins for tests; the other rewards go to nobody

const network = Network.get('regtest');
// The prefixes that Bitcoin Core uses there, which bcoin does not.
Object.assign(network.addressPrefix, {pubkeyhash: 0x6f, scripthash: 0xc4, bech32: 'bcrt'});

const key = process.env.MOTE_RPC_PASSWORD;
const node = new FullNode({
  network: 'regtest', memory: true, workers: false, listen: false, logConsole: false, logFile: false,
  httpHost: '127.0.0.1', httpPort: Number(process.env.MOTE_RPC_PORT || 0), apiKey: key, config: false, env: false, argv: false,
  walletHttpHost: '127.0.0.1', walletHttpPort: 0, walletApiKey: key
});
const plugin = node.use(wallet.plugin);
const print = object => console.log(JSON.stringify(object));

(async () => {
  await node.open();
  const address = await plugin.wdb.primary.receiveAddress();
  const nobody = Address.fromHash(Buffer.alloc(20, 1));
  while (node.chain.height < SEGWIT_ACTIVE) {
    const payee = node.chain.height < WALLET_BLOCKS ? address : nobody;
    await node.chain.add(await node.miner.mineBlock(node.chain.tip, payee));
  }
  node.on('connect', (entry) => print({block: entry.rhash(), height: entry.height}));
  const port = server => server.http.address().port;
  print({ready: version, rpc: port(node.http), wallet: port(plugin.http), address: address.toString(network)});
})().catch((error) => {
  console.error(error.stack);
  process.exit(1);
});
