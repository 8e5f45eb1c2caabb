import { render } from 'preact'
import { App } from './app.js'
import { applyTheme } from './theme.js'
import './style/tokens.css'
import './style/base.css'
import './style/marks.css'
import './style/shell.css'
import './style/list.css'
import './style/request.css'
import './style/waterfall.css'
import './style/detail.css'
import './style/events.css'
import './style/metrics.css'

applyTheme()
const root = document.getElementById('app')
if (root !== null) render(<App />, root)
