import { type AddNodeOpts, FlowProducer, type JobNode } from 'bullmq'

/**
 * A BullMQ `FlowProducer` whose nodes all take the context along: BullMQ itself leaves it out of a node that has
 * no `opts` (R5.2). Constructor, types and behaviour are those of `FlowProducer`.
 *
 * @example
 * const flows = new TelemetryFlowProducer({ connection, telemetry: telemetry() })
 */
export const TelemetryFlowProducer: typeof FlowProducer = class TelemetryFlowProducer extends FlowProducer {
  protected override addNode(options: AddNodeOpts): Promise<JobNode> {
    const { node } = options
    return super.addNode(node.opts ? options : { ...options, node: { ...node, opts: {} } })
  }
}
export type TelemetryFlowProducer = FlowProducer
