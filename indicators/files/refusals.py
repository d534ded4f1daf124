"""Why a file from outside is refused, in both languages, always naming file and place.

Every failure of a parser ends here: callers meet one exception, :class:`FileRefused`,
whatever library broke on whatever byte.
"""

from __future__ import annotations

from typing import Any

from indicators.core.errors import KnownProblem

#: code -> (Chinese, English); both take the same named values.
REASONS: dict[str, tuple[str, str]] = {
    "missing": ("文件不存在", "there is no such file"),
    "not_a_file": ("不是普通文件", "this is not an ordinary file"),
    "no_access": ("没有读取权限", "this file may not be read"),
    "kind": (
        "不支持后缀“{suffix}”，支持的有：{known}",
        'the suffix "{suffix}" is not supported; supported: {known}',
    ),
    "empty": ("文件是空的", "the file is empty"),
    "size": (
        "文件有{size}字节，上限为{limit}字节",
        "the file has {size} bytes, the limit is {limit}",
    ),
    "magic": (
        "内容不是{kind}文件（像是{found}），请另存为{kind}后再试",
        "the content is not a {kind} file (it looks like {found}); save it as {kind} and try again",
    ),
    "zip_damaged": ("压缩包结构已损坏", "the zip structure is damaged"),
    "zip_entries": (
        "压缩包内有{count}个以上部件，上限为{limit}",
        "the zip has {count} parts or more, the limit is {limit}",
    ),
    "zip_declared": (
        "解压后声明为{size}字节，上限为{limit}",
        "it declares {size} bytes when unpacked, the limit is {limit}",
    ),
    "zip_ratio": (
        "压缩比为{ratio}，上限为{limit}，像是压缩炸弹",
        "the compression ratio is {ratio}, the limit is {limit}: it looks like a zip bomb",
    ),
    "zip_encrypted": ("部件已加密", "the part is encrypted"),
    "zip_duplicate": ("同名部件出现两次", "a part of this name occurs twice"),
    "zip_lies": (
        "实际大小与声明不符",
        "the real size is not the declared one",
    ),
    "doctype": (
        "含有DOCTYPE或实体声明，不予解析",
        "it holds a DOCTYPE or entity declaration and is not parsed",
    ),
    "xml_encoding": (
        "XML编码“{encoding}”不予解析，只接受UTF-8或UTF-16",
        'the XML encoding "{encoding}" is not parsed; only UTF-8 or UTF-16 is',
    ),
    "stream_size": (
        "数据流解压后超过{limit}字节",
        "a stream unpacks to more than {limit} bytes",
    ),
    "encrypted": (
        "文件已加密，请去除密码后再试",
        "the file is encrypted; remove the password first",
    ),
    "pages": ("超过{limit}页", "it has more than {limit} pages"),
    "no_text": (
        "没有文字层，可能是扫描件；请先做文字识别",
        "it holds no text, it may be a scan; run text recognition first",
    ),
    "control": (
        "含有控制字符U+{char}，不是文本",
        "it holds the control character U+{char}: this is not text",
    ),
    "damaged_utf8": (
        "UTF-8文本在此处损坏",
        "the UTF-8 text is damaged here",
    ),
    "encoding": (
        "既不是UTF-8也不是GB18030编码",
        "the text is neither UTF-8 nor GB18030",
    ),
    "text_size": ("文字超过{limit}字", "it holds more than {limit} characters"),
    "depth": ("嵌套超过{limit}层", "it is nested deeper than {limit} levels"),
    "cells": (
        "单元格超过{limit}个，请分成几个文件",
        "it has more than {limit} cells; split the file",
    ),
    "unreadable": (
        "无法解析，文件可能已损坏（{detail}）",
        "it cannot be parsed; the file may be damaged ({detail})",
    ),
    "memory": ("解析所需内存超过{limit}MB", "parsing needs more than {limit} MB of memory"),
    "time": ("解析超过{limit}秒", "parsing took more than {limit} seconds"),
    "output": ("解析结果过大", "the parsed result is too large"),
    "crashed": ("解析进程异常退出（{detail}）", "the parser process ended abnormally ({detail})"),
    "not_text": (
        "这是表格文件，请用“导入表格”",
        "this is a spreadsheet: import it as a table",
    ),
    "no_table": ("文件中没有可用的表格", "the file holds no usable table"),
}

#: Names of places that are not a part of the file's own (a zip part, a page, a line).
PLACES: dict[str, tuple[str, str]] = {
    "whole": ("整个文件", "whole file"),
    "line": ("第{n}行", "line {n}"),
    "page": ("第{n}页", "page {n}"),
}


def place_text(place: str, language: str = "en") -> str:
    """``whole``, ``line:3``, ``page:2`` named in words; any other text (a zip part) as it is."""
    name, _, number = place.partition(":")
    if name not in PLACES or (number and not number.isdigit()):
        return place
    return PLACES[name][language != "zh"].format(n=number)


class FileRefused(KnownProblem):
    """A file from outside that is not read; says which, where in it, and why.

    ``str()`` is English, ``zh`` the same in Chinese; ``code`` is a key of :data:`REASONS`.
    """

    def __init__(self, file: str, code: str, place: str = "whole", **values: Any) -> None:
        self.file, self.code, self.place, self.values = file, code, place, values
        super().__init__(self._say("en"))

    @property
    def zh(self) -> str:
        """The message in Chinese."""
        return self._say("zh")

    def _say(self, language: str) -> str:
        reason = REASONS[self.code][language != "zh"].format(**self.values)
        return f"{self.file}: {place_text(self.place, language)}: {reason}"


class Refusal(Exception):
    """Raised inside the parser process, which does not know how the file is called outside."""

    def __init__(self, code: str, place: str = "whole", **values: Any) -> None:
        self.code, self.place, self.values = code, place, values
        super().__init__(code)
