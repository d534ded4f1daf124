"""The domain: records, rules and verdicts. No files, no Streamlit, no Plotly."""
