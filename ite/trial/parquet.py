"""Parquet files with flat columns."""

import math
from typing import Any

import numpy as np
import pandas as pd

from ite.errors import ReadError
from ite.trial.assembling import assemble
from ite.trial.labels import label_text, shown
from ite.trial.table import Table, check_size, check_unpacked


def read_parquet(data: bytes, name: str) -> Table:
    """Return the table in a Parquet file; dates become text, and what pandas once stored beside it is ignored.

    Raises
    ------
    ReadError
        Naming a column whose cells are no numbers, texts, dates or true/false; or where the file is damaged.
    """
    import pyarrow as pa  # noqa: PLC0415 - only a Parquet file needs it
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        schema, metadata = file.schema_arrow, file.metadata
        check_size(metadata.num_rows, len(schema.names), name)
        check_unpacked(sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)), name)
        for field in schema:
            _check_type(field.name, field.type)
        texts = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        table = parquet.ParquetFile(pa.BufferReader(data), read_dictionary=texts).read()
        columns = [_column(table.column(place), name) for place in range(table.num_columns)]
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise ReadError(
            f"The Parquet file {shown(name)} is cut off or damaged and cannot be read; write or download it again."
        ) from error
    return assemble(schema.names, columns, name=name, kind="Parquet file", notes=[])


def _check_type(column: str, kind: Any) -> None:  # noqa: ANN401 - pyarrow carries no types
    import pyarrow as pa  # noqa: PLC0415

    readable = (
        pa.types.is_boolean,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_decimal,
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_date,
        pa.types.is_time,
        pa.types.is_timestamp,
        pa.types.is_null,
    )
    if pa.types.is_dictionary(kind):
        _check_type(column, kind.value_type)
    elif not any(fits(kind) for fits in readable):
        raise ReadError(
            f"Column {shown(column)} should hold numbers, text, dates or true/false, but its type is "
            f"{shown(str(kind))}; leave it out or spread it over columns of their own."
        )


def _column(values: Any, name: str) -> pd.Series:  # noqa: ANN401 - pyarrow carries no types
    """Return a chunked array as numbers, true/false or text."""
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_dictionary(values.type):
        values = _without_dictionary(values, name)
    if pa.types.is_null(values.type):
        return pd.Series(np.full(len(values), math.nan))
    if pa.types.is_decimal(values.type) or pa.types.is_uint64(values.type):
        values = values.cast(pa.float64(), safe=False)
    if pa.types.is_boolean(values.type) and values.null_count:
        values = values.cast(pa.float64())
    types = (
        (pa.types.is_boolean, "bool"),
        (pa.types.is_integer, "float64" if values.null_count else "int64"),
        (pa.types.is_floating, "float64"),
        (pa.types.is_string, "str"),
        (pa.types.is_large_string, "str"),
    )
    for fits, dtype in types:
        if fits(values.type):
            return pd.Series(values.to_pandas()).astype(pd.api.types.pandas_dtype(dtype))
    return pd.Series([None if cell is None else label_text(cell) for cell in values.to_pylist()], dtype="str")


def _without_dictionary(values: Any, name: str) -> Any:  # noqa: ANN401 - pyarrow carries no types
    """Return the values written out, unless that fills the memory: a text is stored once however often it occurs."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import compute  # noqa: PLC0415

    if pa.types.is_string(values.type.value_type) or pa.types.is_large_string(values.type.value_type):
        size = 0
        for chunk in values.chunks:
            lengths = compute.binary_length(chunk.dictionary)
            size += compute.sum(lengths.take(chunk.indices).cast(pa.int64())).as_py() or 0
        check_unpacked(size, name)
    return values.cast(values.type.value_type)
