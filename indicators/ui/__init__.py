"""The screens. Only this package and ``dashboard.py`` import Streamlit."""
