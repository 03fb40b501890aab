import * as t from '../../schema.ts';
import { OCIDescriptor, OCIPlatform } from './common.ts';

export const DistributionInspect = t.object({ Descriptor: OCIDescriptor, Platforms: t.array(OCIPlatform) });
export type DistributionInspect = t.Static<typeof DistributionInspect>;
