process.env['TELEMETRY_ENABLED'] = 'false'
