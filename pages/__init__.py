"""The screens: scripts that choose panels; `app.py` lists them for Streamlit, which leaves this file alone."""
