import { command } from '../command.ts';
import { UsageError } from '../failure.ts';
import { flag, list, text } from '../options/option.ts';
import { pairs, settings } from '../spec/text.ts';

export const networkCreate = command({
  usage: '[OPTIONS] [NAME]',
  options: {
    'disable-dns': flag('Answer no names of containers'),
    dns: list('ADDRESS', 'Name server of the network', { commas: true }),
    driver: text('DRIVER', 'Driver of the network (default bridge)', { short: 'd' }),
    gateway: list('ADDRESS', 'Address of the gateway; one for each subnet'),
    ignore: flag('No error where there is such a network'),
    'interface-name': text('NAME', 'Name of the interface on the host'),
    internal: flag('Leave it without a way out'),
    'ip-range': list('RANGE', 'Addresses to hand out: a CIDR, or FIRST-LAST; one for each subnet'),
    'ipam-driver': text('DRIVER', 'How addresses are handed out: host-local, dhcp or none'),
    ipv6: flag('Give it an IPv6 subnet too'),
    label: list('KEY=VALUE', 'Label the network'),
    opt: list('KEY=VALUE', 'Option of the driver', { short: 'o' }),
    subnet: list('CIDR', 'Subnet; may be given several times'),
  },
  count: [0, 1],
  async run({ client, stdout }, options, [name]) {
    const { gateway, subnet, driver, internal, ipv6, 'ip-range': ranges } = options;
    if (Math.max(gateway.length, ranges.length) > subnet.length) {
      throw new UsageError('every --gateway and --ip-range needs a --subnet of its own');
    }
    const ipamDriver = options['ipam-driver'];
    const created = await client.networks.create({
      query: { ignoreIfExists: options.ignore },
      body: {
        name,
        driver,
        internal,
        ipv6_enabled: ipv6,
        dns_enabled: !options['disable-dns'],
        network_interface: options['interface-name'],
        labels: pairs(options.label),
        options: settings('--opt', options.opt),
        ...(options.dns.length > 0 && { network_dns_servers: [...options.dns] }),
        ...(ipamDriver !== undefined && { ipam_options: { driver: ipamDriver } }),
        ...(subnet.length > 0 && {
          subnets: subnet.map((cidr, i) => ({
            subnet: cidr,
            ...(gateway[i] !== undefined && { gateway: gateway[i] }),
            ...(ranges[i] !== undefined && { lease_range: leaseRange(ranges[i]) }),
          })),
        }),
      },
    });
    stdout.write(`${created.name}\n`);
    return 0;
  },
});

/** `FIRST-LAST`, or the addresses of an IPv4 CIDR. */
export function leaseRange(text: string): { start_ip: string; end_ip: string } {
  const [, first, last] = /^([^/-]+)-([^/-]+)$/.exec(text) ?? [];
  if (first !== undefined && last !== undefined) return { start_ip: first, end_ip: last };
  const [, address = '', bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? [];
  if (bits === undefined || Number(bits) > 32)
    throw new UsageError(`invalid --ip-range: ${text}`, 'It is FIRST-LAST or an IPv4 CIDR');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const start = Math.floor(number / size) * size;
  // The first and the last of a network are no host's.
  return { start_ip: dotted(start + (size > 2 ? 1 : 0)), end_ip: dotted(start + size - (size > 2 ? 2 : 1)) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
