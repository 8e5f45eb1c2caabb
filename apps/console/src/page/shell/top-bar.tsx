import { useKeys } from '../keys.js'
import { Link } from '../link.js'
import { connection, paused, waiting } from '../live.js'
import { listAddress, page } from '../router.js'
import { count } from '../text/format.js'
import { nextTheme, theme } from '../theme.js'
import { helpIsOpen } from './help-dialog.js'
import { Meter } from './meter.js'

export function TopBar() {
  useKeys({ ' ': togglePause })
  const { name } = page.value
  return (
    <header class="top">
      <Link to="/" class="brand" aria-label="Throughline console">
        <Mark />
        <span aria-hidden="true">throughline</span>
      </Link>
      <nav aria-label="Pages">
        <Tab to={listAddress()} name="Requests" isOn={name === 'list' || name === 'request'} />
        <Tab to="/events" name="Events" isOn={name === 'events'} />
        <Tab to="/metrics" name="Metrics" isOn={name === 'metrics'} />
      </nav>
      <span class="spread" />
      <Meter />
      <button
        class="button quiet wide-only"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => (helpIsOpen.value = true)}
      >
        ?
      </button>
      <button
        class="button quiet"
        onClick={nextTheme}
        aria-label={`Theme: ${theme.value}`}
        title={`Theme: ${theme.value}`}
      >
        <ThemeIcon />
      </button>
      <LiveButton />
    </header>
  )
}

function Tab({ to, name, isOn }: { readonly to: string; readonly name: string; readonly isOn: boolean }) {
  return (
    <Link to={to} aria-current={isOn ? 'page' : undefined}>
      {name}
    </Link>
  )
}

function LiveButton() {
  if (connection.value === 'lost') {
    return (
      <span
        class="connection"
        role="status"
        title="The console does not answer. This page tries again on its own."
      >
        ✕ Connection lost
      </span>
    )
  }
  const { count: waits, more } = waiting.value
  return (
    <button class={`button live${paused.value ? ' is-paused' : ''}`} title="Space" onClick={togglePause}>
      <span aria-hidden="true">{paused.value ? '❚❚' : '●'}</span>
      {paused.value ? 'Paused' : 'Live'}
      {paused.value && waits > 0 ? <b>{`${count(waits)}${more ? '+' : ''} new`}</b> : null}
      <span class="unseen">{paused.value ? 'go on' : 'pause'}</span>
    </button>
  )
}

function togglePause(): void {
  paused.value = !paused.value
}

function ThemeIcon() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <circle class="icon-line" cx="7" cy="7" r="5.5" />
      {theme.value === 'light' ? null : (
        <path
          class="icon-fill"
          d={
            theme.value === 'dark'
              ? 'M7 1.5a5.5 5.5 0 0 1 0 11a5.5 5.5 0 0 1 0-11'
              : 'M7 1.5a5.5 5.5 0 0 1 0 11z'
          }
        />
      )}
    </svg>
  )
}

function Mark() {
  return (
    <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
      <rect class="f-http" x="0" y="1" width="9" height="4" rx="1.5" />
      <rect class="f-job" x="6" y="6" width="9" height="4" rx="1.5" />
      <rect class="f-ws" x="13" y="11" width="9" height="4" rx="1.5" />
    </svg>
  )
}
