import type { NetworkRecord } from '../../networks/record.ts';

/** One member of a set or map of the table. `value` is given for maps. */
export interface Element {
  readonly set: string;
  readonly key: string;
  readonly value?: string;
}

const PUBLISHED = 'meta l4proto { tcp, udp, sctp }';

/**
 * The table of one service. Everything that varies is an element of a set or a map, so attaching a container touches no rule:
 * `any*` and `one*` are the published ports on every and on one host address, the rest describes networks.
 *
 * - The IPv4 loopback is forwarded from the host itself only (output hook), with its source masqueraded; bridges have route_localnet for
 *   that, and the guard keeps containers from using it. The kernel takes no answer to ::1 from another interface, so that is not forwarded.
 * - Sources are kept, but where an answer would go past the host: to a container of the same network, or one with no route back.
 * - From outside only what is published gets in; an internal network's traffic stays within its bridge.
 */
export function tableText(table: string): string {
  return `
table inet ${table} {
  set bridges { type ifname; }
  set same { type ifname . ifname; }
  set internal { type ifname; }
  set isolated { type ifname; }
  set masquerade4 { type ipv4_addr; flags interval; }
  set masquerade6 { type ipv6_addr; flags interval; }
  set within4 { type ipv4_addr . ipv4_addr; flags interval; }
  set within6 { type ipv6_addr . ipv6_addr; flags interval; }
  map any4 { type inet_proto . inet_service : ipv4_addr . inet_service; }
  map any6 { type inet_proto . inet_service : ipv6_addr . inet_service; }
  map one4 { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
  map one6 { type ipv6_addr . inet_proto . inet_service : ipv6_addr . inet_service; }
  chain publish {
    ${PUBLISHED} dnat ip to ip daddr . meta l4proto . th dport map @one4
    ${PUBLISHED} dnat ip to meta l4proto . th dport map @any4
    ${PUBLISHED} dnat ip6 to ip6 daddr . meta l4proto . th dport map @one6
    ${PUBLISHED} dnat ip6 to meta l4proto . th dport map @any6
  }
  chain loopback-guard {
    type filter hook prerouting priority -300; policy accept;
    iifname @bridges ip daddr 127.0.0.0/8 drop
  }
  chain prerouting {
    type nat hook prerouting priority -100; policy accept;
    ip daddr 127.0.0.0/8 return
    fib daddr type local jump publish
  }
  chain output {
    type nat hook output priority -100; policy accept;
    ip6 daddr ::1 return
    fib daddr type local jump publish
  }
  chain postrouting {
    type nat hook postrouting priority 100; policy accept;
    ip daddr 224.0.0.0/4 return
    ip6 daddr ff00::/8 return
    ip saddr @masquerade4 oifname != @bridges masquerade
    ip6 saddr @masquerade6 oifname != @bridges masquerade
    ct status dnat ip saddr . ip daddr @within4 masquerade
    ct status dnat ip6 saddr . ip6 daddr @within6 masquerade
    ct status dnat oifname @internal masquerade
    ip saddr 127.0.0.0/8 oifname @bridges masquerade
  }
  chain forward {
    type filter hook forward priority 0; policy accept;
    ct state established,related accept
    iifname . oifname @same accept
    iifname @internal drop
    oifname @internal drop
    ct status dnat accept
    iifname @isolated oifname @isolated drop
    oifname @bridges iifname != @bridges drop
  }
}
`;
}

/** What one network adds to the table. */
export function networkElements(network: NetworkRecord): Element[] {
  const name = `"${network.interfaceName}"`;
  const elements: Element[] = [
    { set: 'bridges', key: name },
    { set: 'same', key: `${name} . ${name}` },
  ];
  if (network.internal) elements.push({ set: 'internal', key: name });
  if (network.isolate) elements.push({ set: 'isolated', key: name });
  for (const { subnet } of network.subnets) {
    const family = subnet.includes(':') ? '6' : '4';
    elements.push({ set: `within${family}`, key: `${subnet} . ${subnet}` });
    if (!network.internal && network.masquerade !== false) elements.push({ set: `masquerade${family}`, key: subnet });
  }
  return elements;
}

/** Commands that add or delete elements, one a set. */
export function elementCommands(verb: 'add' | 'delete', table: string, elements: readonly Element[]): string {
  return [...Map.groupBy(elements, ({ set }) => set)]
    .map(([set, members]) => {
      const list = members.map(({ key, value }) =>
        value === undefined || verb === 'delete' ? key : `${key} : ${value}`,
      );
      return `${verb} element inet ${table} ${set} { ${list.join(', ')} }\n`;
    })
    .join('');
}
