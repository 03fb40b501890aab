import * as t from '../../schema.ts';
import { ContainerConfig, EndpointConfig } from './container-config.ts';
import { HostConfig, Resources, RestartPolicy } from './host-config.ts';

/** Endpoints by network name or ID. */
export const NetworkingConfig = t.partial({ EndpointsConfig: t.record(EndpointConfig) });
export type NetworkingConfig = t.Static<typeof NetworkingConfig>;

export const ContainerCreateRequest = t.extend(ContainerConfig, t.partial({ HostConfig, NetworkingConfig }));
export type ContainerCreateRequest = t.Static<typeof ContainerCreateRequest>;

export const ContainerCreateResponse = t.object({ Id: t.string(), Warnings: t.array(t.string()) });
export type ContainerCreateResponse = t.Static<typeof ContainerCreateResponse>;

export const ContainerUpdateRequest = t.extend(Resources, t.partial({ RestartPolicy }));
export type ContainerUpdateRequest = t.Static<typeof ContainerUpdateRequest>;

export const ContainerUpdateResponse = t.object({ Warnings: t.nullable(t.array(t.string())) });
export type ContainerUpdateResponse = t.Static<typeof ContainerUpdateResponse>;
