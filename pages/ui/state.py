"""What a browser session holds: the only module that touches Streamlit's session state."""

import secrets
from typing import TypeVar

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ite.study import Study

Value = TypeVar("Value")
_STUDY, _OWNER, _FRAMED, _RESET, _NOTICE = "_study", "_owner", "_framed", "_reset_settings", "_notice"
SETTINGS = {"horizon": None, "seed": 0, "learner": "auto"}  # keys of the inputs in the sidebar, and their defaults


def load() -> Study:
    """Return the session's study; an empty one at first."""
    study = st.session_state.get(_STUDY)
    return study if isinstance(study, Study) else Study()


def save(study: Study) -> None:
    """Keep a study for this session."""
    st.session_state[_STUDY] = study


def require(value: Value | None, made_on: str) -> Value:
    """Return the value, or say on which page it is made, link there, and stop the page."""
    if value is None:
        st.info(f"This page needs what the {made_on} page makes; go there first.", icon=":material/info:")
        st.page_link(f"pages/{made_on.lower()}.py", label=f"Go to {made_on}", icon=":material/arrow_forward:")
        st.stop()
    return value


def owner() -> str:
    """Name of this session for its jobs: never shown, and no other session can have it."""
    if _OWNER not in st.session_state:
        context = get_script_run_ctx()
        st.session_state[_OWNER] = f"{context.session_id if context else ''}/{secrets.token_hex(8)}"
    return str(st.session_state[_OWNER])


def is_connected(owner_name: str) -> bool:
    """Whether the browser of a session is still there; True where no server runs (tests)."""
    return not Runtime.exists() or Runtime.instance().is_active_session(owner_name.partition("/")[0])


def mark_framed() -> None:
    """Note that app.py has drawn the frame for the page it runs next."""
    st.session_state[_FRAMED] = True


def take_framed() -> bool:
    """Whether app.py has drawn the frame of the present run; the mark holds for one page."""
    return bool(st.session_state.pop(_FRAMED, False))


def reset_settings() -> None:
    """Return the settings to their defaults at the next run, before their inputs are drawn."""
    st.session_state[_RESET] = True


def apply_reset() -> None:
    """Carry out a reset asked for in the run before; called before any input is drawn."""
    if st.session_state.pop(_RESET, False):
        for key, default in SETTINGS.items():
            st.session_state[key] = default


def tell(sentence: str | None) -> None:
    """Keep a sentence for the next run to show, or clear it."""
    st.session_state[_NOTICE] = sentence


def told() -> str | None:
    """Return the sentence kept by `tell`, if any."""
    notice = st.session_state.get(_NOTICE)
    return None if notice is None else str(notice)


def remember(key: str, value: object) -> None:
    """Keep a panel's own small value, such as the choice behind a draft."""
    st.session_state[f"_panel_{key}"] = value


def recall(key: str, default: object = None) -> object:
    """Return what `remember` kept."""
    kept: object = st.session_state.get(f"_panel_{key}", default)
    return kept


def is_drawn(key: str) -> bool:
    """Whether the widget of this key was drawn on the last run of the page that is shown."""
    return key in st.session_state


def clear() -> None:
    """Forget everything of this session but its name."""
    for key in [str(key) for key in st.session_state if key != _OWNER]:
        st.session_state.pop(key, None)
