"""Charts in two steps: a small tuple of numbers (``info``), then a figure (``figures``).

Both steps speak the reader's language; neither knows Streamlit.
"""
