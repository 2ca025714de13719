"""Commands for another commune, and for an office without Internet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.commands.batch import check_date
from laikhe_analysis.office.commands.terminal import (
    DataOption,
    LangOption,
    Language,
    folder_of,
    say,
)
from laikhe_analysis.office.places import project_folder
from laikhe_analysis.office.refusal import RefusalError, refuse

__all__ = ["office"]

office = typer.Typer()


def _is_terminal() -> bool:
    """Return whether somebody can be asked."""
    return sys.stdin.isatty()


def _ask(
    given: str | None,
    words: Text,
    lang: str,
    default: str | None = "",
    read: Callable[[str], object] = str,
) -> str:
    """Return what was given, else what is typed at a terminal, else the default.

    What cannot be read is asked again at once, with the reason; what was answered before stays.
    """
    asked = words.pick(lang)
    if given is None and not _is_terminal():
        if default is None:
            raise refuse(_("thiếu: {words}; xem laikhe new --help", words=words), usage=True)
        return default
    while given is None:
        typed = str(typer.prompt(asked, default=default))
        try:
            read(typed)
        except RefusalError as wrong:
            say(wrong.text, lang)
            continue
        return typed
    return given


_USUAL = _("Công nghiệp - xây dựng; Dịch vụ; Nông, lâm nghiệp và thủy sản")


@office.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Thư mục mới / new folder")],
    name: Annotated[str | None, typer.Option(help="Tên xã / name")] = None,
    city: Annotated[str | None, typer.Option(help="Tỉnh, thành phố / province or city")] = None,
    population: Annotated[str | None, typer.Option(help="Dân số / people")] = None,
    area: Annotated[str | None, typer.Option(help="Diện tích, km2 / area")] = None,
    predecessors: Annotated[str | None, typer.Option(help="Xã cũ / former communes, a;b;c")] = None,
    sectors: Annotated[str | None, typer.Option(help="Ngành / sectors, a;b;c")] = None,
    base_year: Annotated[str | None, typer.Option(help="Năm xuất phát / base year")] = None,
    target_year: Annotated[str | None, typer.Option(help="Năm cuối / target year")] = None,
    lang: LangOption = Language.vi,
) -> None:
    """Lập thư mục cho một xã khác / begin the folder of another commune."""
    from laikhe_analysis.office.folder.asking import commune_of, read_area, read_people, read_year
    from laikhe_analysis.office.folder.new_commune import check_span, write_new

    def area_of(text: str) -> object:
        return 0 if text.strip() in ("", "0") else read_area(text)

    def ask(given: str | None, words: Text, default: str | None = "",
            read: Callable[[str], object] = str) -> str:  # fmt: skip
        return _ask(given, words, lang.value, default, read)

    commune = commune_of(
        name=ask(name, _("Tên, viết cả loại (xã Tân An, phường Đông Sơn)"), None),
        city=ask(city, _("Thuộc tỉnh, thành phố nào (tỉnh Thanh Hóa)")),
        population=ask(population, _("Dân số, người (8.500)"), None, read_people),
        area=ask(area, _("Diện tích, km2 (12,5); 0 nếu chưa biết"), "0",
                 area_of),
        predecessors=ask(predecessors, _("Các đơn vị cũ, ngăn bằng dấu ;")),
        sectors=ask(sectors, _("Các ngành trong kế hoạch, ngăn bằng dấu ;"),
                    _USUAL.pick(lang.value)),
        base_year=(base := ask(base_year, _("Năm xuất phát"), "2025", read_year)),
        target_year=ask(target_year, _("Năm cuối của chỉ tiêu"),
                        str(int(base) + 5) if base.isdigit() else "2030",
                        lambda text: check_span(read_year(base), read_year(text))),
    )  # fmt: skip
    write_new(folder, commune)
    told = _(
        "Đã lập {folder}. Đọc README.md trong đó, điền dần; xem còn thiếu gì: laikhe check --data "
        "{typed}",
        folder=folder, typed=f'"{folder}"' if " " in str(folder) else folder,
    )  # fmt: skip
    say(told, lang)


@office.command()
def compare(
    folders: Annotated[list[Path], typer.Argument(help="Các thư mục dữ liệu / data folders")],
    as_of: Annotated[str, typer.Option("--as-of", help="Ví dụ / e.g. 2026, 2026-9M")] = "",
    page: Annotated[
        Path | None, typer.Option("--page", help="Ghi cả trang HTML / write a page too")
    ] = None,
    lang: LangOption = Language.vi,
) -> None:
    """Đặt các xã cạnh nhau / several communes side by side, and what cannot be compared."""
    from laikhe_analysis.messages import speaking
    from laikhe_analysis.office.batch.laying import side_by_side
    from laikhe_analysis.office.batch.page import city_page
    from laikhe_analysis.office.batch.record import Job, record_of
    from laikhe_analysis.office.batch.store import folders_of
    from laikhe_analysis.office.batch.terminal import compared
    from laikhe_analysis.office.owned import put_page, refuse_page

    check_date(as_of)
    named = folders_of(folders)
    for folder in named:
        if not Path(folder).is_dir():
            raise refuse(_("không có thư mục {folder}", folder=folder), usage=True)  # fmt: skip
    named = [str(folder_of(Path(folder))) for folder in named]
    if page is not None:
        refuse_page(page, data=map(Path, named))
    if len(named) < 2:
        raise refuse(_("cần từ hai xã trở lên"), usage=True)
    today = date.today().isoformat()
    city = side_by_side(record_of(Job(folder, as_of, today=today)) for folder in named)
    with speaking(lang):
        for line in compared(city, lang):
            typer.echo(line)
        if page is not None:
            put_page(page, city_page(city, lang, files=False).encode())
    if city.errors:
        raise SystemExit(1)


@office.command()
def backup(
    data: DataOption = None,
    out: Annotated[Path, typer.Option("--out", help="Nơi cất / where to keep it")] = Path(
        "backups"
    ),
    lang: LangOption = Language.vi,
) -> None:
    """Sao lưu số liệu vào một tệp zip / keep the data in one dated zip."""
    from laikhe_analysis.office.folder.backup import back_up

    made = back_up(folder_of(data), out, on=date.today())
    say(_("Đã sao lưu: {made}", made=made), lang)


@office.command()
def restore(
    archive: Annotated[Path, typer.Argument(help="Tệp zip sao lưu / backup zip")],
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Lấy lại số liệu từ bản sao lưu / bring back the data of a backup."""
    from laikhe_analysis.office.folder.backup import restore as bring_back

    folder = folder_of(data, is_there=False)
    earlier = bring_back(archive, folder, on=date.today())
    say(_("Đã phục hồi {folder}.", folder=folder), lang)
    if earlier is not None:
        say(_("Số liệu trước đó ở {earlier}.", earlier=earlier), lang)


@office.command()
def bundle(
    data: DataOption = None,
    out: Annotated[Path, typer.Option("--out", help="Nơi ghi bộ cài / folder")] = Path(
        "build/bundle"
    ),
    with_report: Annotated[Path, typer.Option("--report", help="Báo cáo kèm theo / report")] = Path(
        "build/report"
    ),
    system: Annotated[list[str] | None, typer.Option(help="win_amd64, linux_x86_64")] = None,
    python: Annotated[list[str] | None, typer.Option(help="3.11, 3.12, 3.13")] = None,
    lang: LangOption = Language.vi,
) -> None:
    """Làm bộ cài chép USB cho nơi không có mạng / a folder to install from with no network."""
    from laikhe_analysis.office.stick.bundle import make_bundle
    from laikhe_analysis.office.stick.wheels import PYTHONS, SYSTEMS

    made = make_bundle(
        project_folder() or Path.cwd(), folder_of(data), out, on=date.today(),
        report=with_report, systems=system or list(SYSTEMS), pythons=python or list(PYTHONS),
        on_progress=lambda what: say(what, lang, error=True),
    )  # fmt: skip
    size, names = f"{made.size / 1e6:.0f} MB", ", ".join(made.targets)
    say(
        _("Bộ cài: {folder}, {size}, cho {names}.", folder=made.folder, size=size, names=names),
        lang,
    )
