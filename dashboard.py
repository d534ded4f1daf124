"""Entry: ``streamlit run dashboard.py``.

The server imports this module and finds ``app``; for every reader the same file then runs
as the script of the page. Page config, snapshot, navigation: all in :mod:`indicators.ui.app`.
"""

from streamlit.starlette import App

from indicators.ui import app as pages
from indicators.ui import web

if __name__ == "__main__":
    pages.run()
else:
    app = App(
        __file__,
        lifespan=web.lifespan,
        middleware=web.middleware({page.key: page.roles for page in pages.PAGES}),
        on_script_error=pages.on_script_error,
    )
