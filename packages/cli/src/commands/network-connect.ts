import { command } from '../command.ts';
import { flag, list, text } from '../options/option.ts';

export const networkConnect = command({
  usage: '[OPTIONS] NETWORK CONTAINER',
  options: {
    alias: list('NAME', 'Further name of the container on this network'),
    ip: text('ADDRESS', 'IPv4 address'),
    ip6: text('ADDRESS', 'IPv6 address'),
    'mac-address': text('ADDRESS', 'MAC address'),
  },
  count: [2, 2],
  async run({ client }, { alias, ip, ip6, 'mac-address': mac }, [network = '', container = '']) {
    const addresses = [ip, ip6].filter((address) => address !== undefined);
    await client.networks.connect(network, {
      body: {
        container,
        ...(alias.length > 0 && { aliases: [...alias] }),
        ...(addresses.length > 0 && { static_ips: addresses }),
        ...(mac !== undefined && { static_mac: mac }),
      },
    });
    return 0;
  },
});

export const networkDisconnect = command({
  usage: '[OPTIONS] NETWORK CONTAINER',
  options: { force: flag('Disconnect it whatever its state', { short: 'f' }) },
  count: [2, 2],
  async run({ client }, { force }, [network = '', Container = '']) {
    await client.networks.disconnect(network, { body: { Container, Force: force } });
    return 0;
  },
});
