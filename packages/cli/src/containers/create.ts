import { existsSync, writeFileSync } from 'node:fs';
import { ApiError } from '@selkie/bindings';
import type { Context } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { pullImage } from '../images/pull.ts';
import { type ContainerOptions, containerSpec, type Spec } from '../spec/spec.ts';

const POLICIES = ['always', 'missing', 'newer', 'never'];

/** Creates the container the options describe, pulling its image where that is due. @returns its ID */
export async function createContainer(
  context: Context,
  options: ContainerOptions,
  args: readonly string[],
): Promise<string> {
  const { client, stderr } = context;
  const { cidfile, replace, name, pull = 'missing' } = options;
  if (!POLICIES.includes(pull)) throw new UsageError(`invalid --pull policy: ${pull}`, `It is ${POLICIES.join(', ')}`);
  if (cidfile !== undefined && existsSync(cidfile)) {
    throw new Failure(`container id file exists: ${cidfile}. Remove it, or name another`);
  }
  if (replace && name === undefined) throw new UsageError('cannot replace a container without --name');
  const spec = containerSpec(options, args, context.argv);
  if (pull === 'always' || pull === 'newer') await pullFor(context, options, spec, pull);
  if (replace && name !== undefined) await client.containers.delete(name, { query: { force: true, ignore: true } });
  const { Id, Warnings } = await createOrPull(context, options, spec);
  for (const warning of Warnings) stderr.write(`Warning: ${warning}\n`);
  if (cidfile !== undefined) writeFileSync(cidfile, Id);
  return Id;
}

/** Creating first saves a question in the usual case that the image is there. */
async function createOrPull(context: Context, options: ContainerOptions, spec: Spec) {
  const { client } = context;
  try {
    return await client.containers.create({ body: spec });
  } catch (error) {
    if (options.pull === 'never' || !isMissingImage(error)) throw error;
  }
  await pullFor(context, options, spec, 'missing');
  return client.containers.create({ body: spec });
}

function isMissingImage(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.reason === 'image not known';
}

async function pullFor(context: Context, options: ContainerOptions, spec: Spec, policy: string): Promise<void> {
  await pullImage(context, {
    reference: spec.image ?? '',
    policy,
    quiet: options.quiet,
    ...(spec.image_os && { OS: spec.image_os }),
    ...(spec.image_arch && { Arch: spec.image_arch }),
    ...(spec.image_variant && { Variant: spec.image_variant }),
    ...(!options['tls-verify'] && { tlsVerify: false }),
  });
}
