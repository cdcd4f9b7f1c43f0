"""The ways out of the process (M6). Nothing is scrubbed on its way out, because nothing is taken: each exit is built.

errors: error events to a Sentry receiver       lines: log lines of every process
sheets: cells of a spreadsheet                  names: titles and file names
uploads: what is sent to us stays in memory     varde.notify.mail: mail (the only one; there is no SMS yet)
"""
