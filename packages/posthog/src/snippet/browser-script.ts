/**
 * The script that pages get; `page` is what the server says of this one.
 *
 * Until array.js is there, an array stands in for it: posthog-js takes over the calls that it holds, and the list `_i`
 * of how it is to be started. A PostHog that a page has already is left alone. posthog-js masks the addresses that it
 * sends as properties; here those in stacks, clicked elements and recordings lose their queries and fragments as well.
 * It is written for any browser that posthog-js knows.
 */
export const BROWSER_SCRIPT = `(function (window, document, page) {
  var loaded = window.posthog
  if (loaded && loaded.__loaded) return
  if (!loaded || typeof loaded.init !== 'function') {
    var waiting = (window.posthog = [])
    waiting._i = []
    waiting.people = []
    waiting.__SV = 1
    page.methods.forEach(function (name) {
      waiting[name] = function () {
        waiting.push([name].concat([].slice.call(arguments)))
      }
    })
    waiting.init = function (key, options, name) {
      waiting._i.push([key, options || {}, name || 'posthog'])
    }
    var script = document.createElement('script')
    script.async = true
    script.crossOrigin = 'anonymous'
    if (page.nonce) script.setAttribute('nonce', page.nonce)
    script.src = page.script
    document.head.appendChild(script)
  }
  var options = page.options
  if (page.nonce) {
    options.prepare_external_dependency_script = function (element) {
      element.setAttribute('nonce', page.nonce)
      return element
    }
    options.prepare_external_dependency_stylesheet = options.prepare_external_dependency_script
  }
  if (page.linkReplay) options.tracing_headers = [window.location.hostname]
  function bare(address) {
    return typeof address === 'string' ? address.split(/[?#]/)[0] : address
  }
  function bareStack(exception) {
    var frames = (exception && exception.stacktrace && exception.stacktrace.frames) || []
    frames.forEach(function (frame) {
      frame.filename = bare(frame.filename)
    })
  }
  if (options.session_recording) {
    options.session_recording.maskCapturedNetworkRequestFn = function (request) {
      request.name = bare(request.name)
      return request
    }
  }
  options.before_send = function (event) {
    if (!event) return event
    var properties = event.properties || {}
    var exceptions = properties.$exception_list
    if (Array.isArray(exceptions)) exceptions.forEach(bareStack)
    var elements = properties.$elements_chain
    if (typeof elements === 'string') {
      properties.$elements_chain = elements.replace(/((?:href|src|action)="[^"?#]*)[?#][^"]*/g, '$1')
    }
    if (properties.$external_click_url) properties.$external_click_url = bare(properties.$external_click_url)
    for (var key in page.context) if (!(key in properties)) properties[key] = page.context[key]
    event.properties = properties
    return event
  }
  options.loaded = function (posthog) {
    if (posthog.unregister) page.stale.forEach(function (name) { posthog.unregister(name) })
    posthog.register(page.register)
    if (page.user) posthog.identify(page.user.distinctId, page.user.props)
  }
  window.posthog.init(page.key, options)
})`.replaceAll(/\n +/g, '\n')

/** Methods that pages may call before array.js is there; those that answer something answer undefined. */
export const QUEUED_METHODS: readonly string[] = [
  'addFeatureFlagsHandler',
  'alias',
  'capture',
  'captureException',
  'createPersonProfile',
  'debug',
  'group',
  'identify',
  'onFeatureFlags',
  'onSessionId',
  'opt_in_capturing',
  'opt_out_capturing',
  'register',
  'register_for_session',
  'register_once',
  'reloadFeatureFlags',
  'reset',
  'resetGroups',
  'setGroupPropertiesForFlags',
  'setPersonProperties',
  'setPersonPropertiesForFlags',
  'set_config',
  'startSessionRecording',
  'stopSessionRecording',
  'unregister',
  'unregister_for_session',
]
