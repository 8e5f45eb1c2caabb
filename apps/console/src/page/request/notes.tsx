import { PageHeading } from '../heading.js'
import { Link } from '../link.js'
import { status } from '../live.js'
import { listAddress } from '../router.js'
import { evictedText } from '../shell/meter.js'
import { oneLine } from '../text/visible.js'

export function UnknownNote({
  requestKey,
  evicted,
}: {
  readonly requestKey: string
  readonly evicted: boolean
}) {
  return (
    <div class="request-head">
      <Link to={listAddress()} class="back">
        ← Requests
      </Link>
      <PageHeading title="No such request" />
      <div class="empty">
        <p>
          Nothing is kept under <code>{oneLine(requestKey)}</code>.
        </p>
        {evicted ? (
          <p>
            <strong>It was here and had to leave:</strong> the store is full, and the oldest whole request
            goes first. {status.value === undefined ? '' : evictedText(status.value)} A larger bound or{' '}
            <code>--db FILE</code> keeps more.
          </p>
        ) : (
          <p>
            <strong>It never arrived,</strong> or came before the console was started. SDKs send in batches: a
            request of this moment may take some seconds, and this page shows it as soon as it is there.
          </p>
        )}
      </div>
    </div>
  )
}

export function WithoutSpansNote({ sampleRatio }: { readonly sampleRatio: number | undefined }) {
  return (
    <p class="note" role="note">
      <span>
        <b>No span has arrived for this request, only its lines.</b>{' '}
        {sampleRatio === undefined
          ? 'Most likely it was not sampled, or its spans have not been sent yet.'
          : `Most likely it was not sampled: the service keeps ${percent(sampleRatio)} of its traces.`}{' '}
        <code>OTEL_TRACES_SAMPLER_ARG=1</code> keeps all of them.
      </span>
    </p>
  )
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(2))} %`
}
