import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

/** A certificate authority in `directory`; the returned function has it sign a certificate for a name. */
export function authority(directory: string, label: string): (name: string) => Certificates {
  const at = (file: string) => join(directory, `${label}-${file}`);
  const keyArgs = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...keyArgs,
    '-subj',
    `/CN=${label} authority`,
    '-days',
    '1',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  return (name) => {
    const [key, request, cert, extensions] = [
      at(`${name}.key`),
      at(`${name}.csr`),
      at(`${name}.pem`),
      at(`${name}.ext`),
    ];
    writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
    openssl('req', ...keyArgs, '-subj', `/CN=${name}`, '-keyout', key, '-out', request);
    openssl(
      ...['x509', '-req', '-in', request, '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
      ...['-days', '1', '-extfile', extensions, '-out', cert],
    );
    return { ca: at('ca.pem'), cert, key };
  };
}
