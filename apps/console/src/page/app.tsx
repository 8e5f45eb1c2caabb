import { useEffect } from 'preact/hooks'
import { EventsPage } from './events/events-page.js'
import { listenToKeys } from './keys.js'
import { ListPage } from './list/list-page.js'
import { follow } from './live.js'
import { MetricsPage } from './metrics/metrics-page.js'
import { RequestPage } from './request/request-page.js'
import { listenToHistory, page } from './router.js'
import { HelpDialog } from './shell/help-dialog.js'
import { LimitNote } from './shell/limit-note.js'
import { TopBar } from './shell/top-bar.js'

export function App() {
  useEffect(() => {
    const stops = [listenToHistory(), listenToKeys(), follow()]
    return () => stops.forEach((stop) => stop())
  }, [])
  return (
    <>
      <TopBar />
      <LimitNote />
      <main>
        <CurrentPage />
      </main>
      <HelpDialog />
    </>
  )
}

function CurrentPage() {
  const { name, key } = page.value
  switch (name) {
    case 'list':
      return <ListPage />
    case 'request':
      // One component per request: nothing of the last one shows while the next one loads.
      return <RequestPage key={key} requestKey={key} />
    case 'events':
      return <EventsPage />
    default:
      return <MetricsPage />
  }
}
