"""A button that copies the address of what is on screen."""

import streamlit as st

_HTML = '<button type="button" id="copy">Copy link</button>'
_CSS = """
button {
  width: 100%; padding: 0.45rem 0.75rem; font: inherit; font-size: 0.875rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 6px);
}
button:hover { border-color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""
# The clipboard needs https or localhost; elsewhere a hidden field and the older copy command do it.
_JS = """
function copyByField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.appendChild(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
export default function (component) {
  const button = component.parentElement.querySelector("#copy");
  button.onclick = async () => {
    const text = window.location.href;
    let copied = false;
    try { await navigator.clipboard.writeText(text); copied = true; } catch { copied = copyByField(text); }
    button.textContent = copied ? "Link copied" : "Copy it from the address bar";
    window.setTimeout(() => { button.textContent = "Copy link"; }, 2500);
  };
}
"""


def copy_link() -> None:
    """Draw the button; it runs in the browser and sends nothing."""
    st.components.v2.component("stratagem.copy_link", html=_HTML, css=_CSS, js=_JS)(key="copy-link")
