interface Published {
  readonly container_port: number;
  readonly host_ip: string;
  readonly host_port: number;
  readonly protocol: string;
  readonly range: number;
}

/** `0.0.0.0:8080->80/tcp, 443/tcp`: what is published, then what is only exposed. */
export function portsText(
  published: readonly Published[] | null,
  exposed: Readonly<Record<string, readonly string[]>> | null = null,
): string {
  const taken = new Set(
    (published ?? []).flatMap(({ container_port: first, range, protocol }) =>
      Array.from({ length: range }, (_, i) => `${first + i}/${protocol}`),
    ),
  );
  const open = Object.entries(exposed ?? {})
    .flatMap(([port, protocols]) => protocols.map((protocol) => `${port}/${protocol}`))
    .filter((port) => !taken.has(port));
  return [...(published ?? []).map(publishedText), ...open].join(', ');
}

function publishedText({ container_port, host_ip, host_port, protocol, range }: Published): string {
  const ip = host_ip === '' ? '0.0.0.0' : host_ip.includes(':') ? `[${host_ip}]` : host_ip;
  return `${ip}:${span(host_port, range)}->${span(container_port, range)}/${protocol}`;
}

function span(first: number, count: number): string {
  return count > 1 ? `${first}-${first + count - 1}` : String(first);
}
