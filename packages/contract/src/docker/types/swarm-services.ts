import * as t from '../../schema.ts';
import { EndpointPortConfig, NetworkAttachmentConfig, TaskSpec } from './swarm-tasks.ts';
import { ObjectVersion } from './volumes.ts';

export const EndpointSpec = t.partial({ Mode: t.string(), Ports: t.array(EndpointPortConfig) });
export type EndpointSpec = t.Static<typeof EndpointSpec>;

export const ServiceSpec = t.partial({
  Name: t.string(),
  Labels: t.record(t.string()),
  TaskTemplate: TaskSpec,
  Mode: t.partial({
    Replicated: t.partial({ Replicas: t.integer() }),
    Global: t.record(t.unknown()),
    ReplicatedJob: t.partial({ MaxConcurrent: t.integer(), TotalCompletions: t.integer() }),
    GlobalJob: t.record(t.unknown()),
  }),
  UpdateConfig: t.partial({
    Parallelism: t.integer(),
    Delay: t.integer(),
    FailureAction: t.string(),
    Monitor: t.integer(),
    MaxFailureRatio: t.number(),
    Order: t.string(),
  }),
  RollbackConfig: t.partial({
    Parallelism: t.integer(),
    Delay: t.integer(),
    FailureAction: t.string(),
    Monitor: t.integer(),
    MaxFailureRatio: t.number(),
    Order: t.string(),
  }),
  Networks: t.array(NetworkAttachmentConfig),
  EndpointSpec: EndpointSpec,
});
export type ServiceSpec = t.Static<typeof ServiceSpec>;

export const Service = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(ServiceSpec),
  Endpoint: t.optional(
    t.object({
      Spec: t.optional(EndpointSpec),
      Ports: t.optional(t.nullable(t.array(EndpointPortConfig))),
      VirtualIPs: t.optional(
        t.nullable(t.array(t.object({ NetworkID: t.optional(t.string()), Addr: t.optional(t.string()) }))),
      ),
    }),
  ),
  UpdateStatus: t.optional(
    t.object({
      State: t.optional(t.choice(['updating', 'paused', 'completed'])),
      StartedAt: t.optional(t.string()),
      CompletedAt: t.optional(t.string()),
      Message: t.optional(t.string()),
    }),
  ),
  ServiceStatus: t.optional(
    t.object({
      RunningTasks: t.optional(t.unsigned()),
      DesiredTasks: t.optional(t.unsigned()),
      CompletedTasks: t.optional(t.unsigned()),
    }),
  ),
  JobStatus: t.optional(t.object({ JobIteration: t.optional(ObjectVersion), LastExecution: t.optional(t.string()) })),
});
export type Service = t.Static<typeof Service>;

export const ServiceCreateResponse = t.object({ ID: t.string(), Warnings: t.optional(t.array(t.string())) });
export type ServiceCreateResponse = t.Static<typeof ServiceCreateResponse>;

export const ServiceUpdateResponse = t.object({ Warnings: t.array(t.string()) });
export type ServiceUpdateResponse = t.Static<typeof ServiceUpdateResponse>;
