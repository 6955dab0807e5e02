### The frame of the public pages.

site-skip = Skip to content
site-pages = Pages
site-policy = Policy
site-trust = Trust
site-languages = Language
site-test-clock = This server was run with a test clock: its times and certificates prove nothing.
site-ended = This company has closed its service here. It ended on
site-kept = Kept by Janji.
site-others = More
site-forms = Other forms of this page
site-replaced = A later version has replaced this one.
site-versions = Other versions
site-views = Only what concerns one of these
site-coming = A new version is announced:
site-coming-itself = This version is announced and not in force.
site-coming-from = It comes into force on
site-coming-no-consent = To read it, or to go on using the service, is no consent to anything.
