"""The two parts of linkml-redcap that stand alone: its schema of dictionaries, and its reader of boxes.

The package's own front door asks for twenty others (requirements-readers.txt).
"""

from importlib.metadata import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml  # it comes with frictionless

PARTS = {Path(part).name: Path(str(part.locate())) for part in files("linkml-redcap") or ()}


def reader_of_boxes() -> ModuleType:
    """linkml_redcap.record.checkbox"""
    spec = spec_from_file_location("linkml_redcap_checkbox", PARTS["checkbox.py"])
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dictionary_schema() -> Any:
    """redcap_data_dictionary.yaml"""
    return yaml.safe_load(PARTS["redcap_data_dictionary.yaml"].read_text(encoding="utf-8"))
