import { BlockList, isIP } from 'node:net';

/**
 * Whether an address is of this machine or a private network, where a stranger may not send us. Names are judged by the addresses
 * they stand for.
 */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return false;
  return ranges.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

const ranges = new BlockList();
const subnets = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'],
];
for (const subnet of subnets) {
  const [network = '', bits = ''] = subnet.split('/');
  ranges.addSubnet(network, Number(bits), 'ipv4');
  // The same, as IPv6 spells it.
  ranges.addSubnet(`::ffff:${network}`, 96 + Number(bits), 'ipv6');
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  ranges.addSubnet(network, bits, 'ipv6');
