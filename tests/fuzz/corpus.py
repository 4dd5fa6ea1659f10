"""Workbooks of the old shape as people's programs leave them, for the fuzzer to begin with and
for a server to be sent: `python3 corpus.py SAMPLE.xlsx FOLDER`, where SAMPLE is what
`cargo run --example v1_workbook` writes (with few orders, so that the fuzzer is fast).

Needs openpyxl; LibreOffice (`soffice`) and msoffcrypto-tool add their own where they are there.
"""

import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_TYPES = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(of, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in of.items():
            made.writestr(name, content)
    return out.getvalue()


def with_each(data, change):
    """A workbook with every sheet's XML changed."""
    of = parts(data)
    for name in of:
        if name.startswith("xl/worksheets/sheet"):
            of[name] = change(of[name].decode()).encode()
    return archive(of)


def strict(data):
    of = parts(data)
    for name, content in of.items():
        if name.endswith((".xml", ".rels")):
            text = content.decode().replace(MAIN, STRICT).replace(TYPES, STRICT_TYPES)
            of[name] = text.encode()
    return archive(of)


def prefixed(data):
    """`<x:row>` in place of `<row>`, as some exporters write it."""

    def change(text):
        text = re.sub(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])", r"<\1x:\2", text)
        return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')

    return with_each(data, change)


def by_openpyxl(data, change=lambda book: None, **options):
    book = openpyxl.load_workbook(io.BytesIO(data), **options)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cycle(book):
    sheet = book.worksheets[0]
    sheet["AZ1"], sheet["AZ2"] = "=AZ2", "=AZ1"


def linked(book):
    book.worksheets[0]["AZ1"] = "='[other.xlsx]Sheet1'!A1"


def from_1904(book):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


def merged(book):
    book.worksheets[0].merge_cells("A5:C9")


def far(book):
    book.worksheets[0]["XFD1048576"] = "far away"


def macros(data):
    of = parts(data)
    of["xl/vbaProject.bin"] = bytes(range(256)) * 16
    kinds = of["[Content_Types].xml"].decode()
    of["[Content_Types].xml"] = kinds.replace(
        "spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    ).encode()
    return archive(of)


def bomb(data):
    """One sheet of a gigabyte of spaces, packed into a megabyte."""
    of = parts(data)
    name = next(name for name in of if name.startswith("xl/worksheets/sheet"))
    of[name] = of[name] + b" " * (1 << 30)
    return archive(of)


def nested(data):
    for _ in range(2):
        data = archive({"xl/workbook.xml": data, **parts_of_one(data)})
    return data


def parts_of_one(data):
    return {f"xl/worksheets/sheet{n}.xml": data for n in range(1, 4)}


def many(data):
    return archive({**parts(data), **{f"xl/media/{n}.png": b"" for n in range(70_000)}})


def laughs(data):
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
    )
    head = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{entities}]>'
    return with_each(
        data, lambda text: text.replace("<worksheet", head + "<worksheet", 1).replace("<v>", "<v>&l11;", 1)
    )


def absolute(data):
    return archive({**parts(data), "/etc/passwd": b"x", "../../up.xml": b"x", "C:\\w": b"x"})


def by_libreoffice(data, kind, name):
    if not shutil.which("soffice"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "in.xlsx")
        path.write_bytes(data)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/home", "--headless", "--convert-to", kind,
             "--outdir", f"{folder}/out", str(path)],
            check=True, capture_output=True, timeout=120,
        )
        return pathlib.Path(folder, "out", f"in.{name}").read_bytes()


def encrypted(data):
    try:
        from msoffcrypto.format.ooxml import OOXMLFile
    except ImportError:
        return None
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("24kg", out)
    return out.getvalue()


def hollow(data):
    """A sheet of orders of which no row is seen: it is never fine."""
    return with_each(data, lambda text: re.sub(r"<sheetData>.*</sheetData>", "<sheetData/>", text, flags=re.S))


def every(sample):
    plain = by_openpyxl(sample)
    calc = by_libreoffice(sample, "xlsx", "xlsx")
    yield "rust_xlsxwriter.xlsx", sample
    yield "openpyxl.xlsx", plain
    yield "libreoffice.xlsx", calc
    yield "values.xlsx", by_openpyxl(sample, data_only=True)
    yield "strict.xlsx", strict(sample)
    yield "strict_openpyxl.xlsx", strict(plain)
    yield "prefixed.xlsx", prefixed(sample)
    yield "prefixed_libreoffice.xlsx", calc and prefixed(calc)
    yield "old.xls", by_libreoffice(sample, "xls", "xls")
    yield "old.xlsx", by_libreoffice(sample, "xls", "xls")
    yield "open.ods", by_libreoffice(sample, "ods", "ods")
    yield "flat.fods", by_libreoffice(sample, "fods", "fods")
    yield "sheet.csv", by_libreoffice(sample, "csv", "csv")
    yield "csv_named.xlsx", by_libreoffice(sample, "csv", "csv")
    yield "page_named.xlsx", b"<html><body><table><tr><td>1</td></tr></table></body></html>"
    yield "encrypted.xlsx", encrypted(sample)
    yield "macros.xlsm", macros(sample)
    yield "cycle.xlsx", by_openpyxl(sample, cycle)
    yield "linked.xlsx", by_openpyxl(sample, linked)
    yield "from_1904.xlsx", by_openpyxl(sample, from_1904)
    yield "merged.xlsx", by_openpyxl(sample, merged)
    yield "far.xlsx", by_openpyxl(sample, far)
    yield "far_only.xlsx", archive(
        {**parts(sample), "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'
         '<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
         "</worksheet>".encode()})
    yield "bomb.xlsx", bomb(sample)
    yield "nested.xlsx", nested(sample)
    yield "many.xlsx", many(sample)
    yield "laughs.xlsx", laughs(sample)
    yield "absolute.xlsx", absolute(sample)
    yield "hollow.xlsx", hollow(sample)
    yield "stored.xlsx", archive(parts(sample), zipfile.ZIP_STORED)
    yield "unlike.xlsx", archive(parts(sample), zipfile.ZIP_LZMA)
    for share in (1, 10, 50, 90, 99):
        yield f"torn_{share}.xlsx", sample[: len(sample) * share // 100]
    yield "nothing.xlsx", b""
    yield "zeros.xlsx", bytes(4096)
    yield "head.xlsx", b"PK\x03\x04"


def main():
    sample, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in every(sample.read_bytes()):
        if data is None:
            print(f"{name}: left out, for want of its program")
        else:
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
