"""IMS QTI 2.1: a zip with a manifest and one assessment item for every question and variant.

The same entries give the same bytes: files in their order, all with the same time. LaTeX is Unicode here.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from quizlab.export.document import Exported
from quizlab.export.items import items, unicode
from quizlab.export.items.markup import line
from quizlab.export.qtiitem import XSI, assessment_item

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
SCHEMA = f"{PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
TIME = (1980, 1, 1, 0, 0, 0)


def qti(title: str, entries: Sequence[Exported]) -> bytes:
    """The package as a zip."""
    out = io.BytesIO()
    files: dict[str, str] = {}
    with zipfile.ZipFile(out, "w") as package:
        for item in items(entries, unicode):
            name = identifier(item.id, files)
            _write(package, files[name], assessment_item(item, name))
        _write(package, "imsmanifest.xml", manifest(title, files))
    return out.getvalue()


def identifier(name: str, files: dict[str, str]) -> str:
    """A name as QTI and every file system take it, other than those that have files; its own is noted with them.

    Small letters and capitals stay apart in the name of a file, also where a file system does not tell them apart.
    """
    plain = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    plain = plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"
    made = plain
    for number in itertools.count(2):
        if made not in files:
            break
        made = f"{plain}_{number}"
    capitals = "".join(str(at) for at, sign in enumerate(made) if sign.isupper())
    files[made] = f"items/{made}{f'-{capitals}' if capitals else ''}.xml"
    return made


def manifest(title: str, files: dict[str, str]) -> ET.Element:
    """What the package contains: identifier → file."""
    made = ET.Element(
        "manifest",
        {"xmlns": PACKAGE, "xmlns:imsmd": LOM, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA, "identifier": "quizlab"},
    )
    metadata = ET.SubElement(made, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    general = ET.SubElement(ET.SubElement(metadata, "imsmd:lom"), "imsmd:general")
    named = ET.SubElement(ET.SubElement(general, "imsmd:title"), "imsmd:string", language="hr")
    named.text = line(title)
    ET.SubElement(made, "organizations")
    resources = ET.SubElement(made, "resources")
    for name, path in files.items():
        resource = ET.SubElement(resources, "resource", identifier=f"RES_{name}", type="imsqti_item_xmlv2p1", href=path)
        ET.SubElement(resource, "file", href=path)
    return made


def _write(package: zipfile.ZipFile, path: str, root: ET.Element) -> None:
    info = zipfile.ZipInfo(path, TIME)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    package.writestr(info, DECLARATION + ET.tostring(root, encoding="utf-8") + b"\n", compresslevel=6)
