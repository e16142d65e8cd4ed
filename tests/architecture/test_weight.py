"""What each process loads: nothing for `import ite`, nothing heavy for the web process."""

import json
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, sources

HEAVY = {"causalml", "econml", "matplotlib", "openpyxl", "pptx", "shap", "sklearn", "statsmodels", "stochtree", "torch"}
HEAVY |= {"vl_convert", "xgboost"}


def _loaded_by(code: str) -> set[str]:
    """Top-level names of the modules that the code loads in a fresh interpreter."""
    script = (
        f"import json, sys\nbefore = set(sys.modules)\n{code}\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.known_truth
def test_importing_the_package_loads_the_standard_library_only() -> None:
    assert _loaded_by("import ite") - set(sys.stdlib_module_names) == {"ite"}


@pytest.mark.known_truth
def test_the_modules_of_the_web_process_are_light() -> None:
    modules = [source.module for source in sources("pages/ui", "pages/panels")]
    loaded = _loaded_by("".join(f"import {module}\n" for module in modules))
    assert {"streamlit", "pages"} <= loaded
    assert loaded & HEAVY == set()


@pytest.mark.page
def test_running_the_app_loads_nothing_heavy() -> None:
    code = "from streamlit.testing.v1 import AppTest\napp = AppTest.from_file('app.py', default_timeout=60).run()\n"
    loaded = _loaded_by(code + "assert not app.exception, app.exception")
    assert "ite" in loaded
    assert loaded & HEAVY == set()
